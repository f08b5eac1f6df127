import { Setting, Settings } from '#platform/config';

@Settings({ section: 'API documents', description: 'The OpenAPI document and its page.' })
export class DocsSettings {
  @Setting('DOCS_ENABLED', {
    description: 'Serves /docs and /openapi.json on the public port.',
    default: false,
    development: true,
  })
  readonly enabled!: boolean;
}
