import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { OpenAPIObject } from '#platform/api-docs';
import type { FastifyInstance } from 'fastify';
import { DOCS_HEADERS } from '../edge/security-headers.js';

// By its own file: the package's entry would run the whole browser bundle at every start.
const absolutePath = createRequire(import.meta.url)('swagger-ui-dist/absolute-path.js') as () => string;

/** The files of Swagger UI that the page needs. By name: a route with a wildcard would be a file server. */
const ASSETS = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
  'favicon-32x32.png': 'image/png',
};
const ASSET_MAX_AGE_SECONDS = 3600;

const PUBLIC = { config: { access: 'public' } } as const;

const page = (title: string): string => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${title}</title>
    <link rel="icon" type="image/png" href="/docs/favicon-32x32.png">
    <link rel="stylesheet" href="/docs/swagger-ui.css">
  </head>
  <body>
    <div id="swagger-ui"></div>
    <script src="/docs/swagger-ui-bundle.js"></script>
    <script src="/docs/page.js"></script>
  </body>
</html>
`;
const PAGE_SCRIPT = `SwaggerUIBundle({ url: '/openapi.json', dom_id: '#swagger-ui', deepLinking: true });\n`;

export interface ServedDocs {
  /** The service's own, and not input. */
  readonly title: string;
  /** Made when it is first asked for: a start does not wait for it. */
  readonly document: () => Promise<OpenAPIObject>;
}

/** `/docs` for people and `/openapi.json` for tools. */
export function serveDocs(fastify: FastifyInstance, { title, document }: ServedDocs): void {
  const serve = (url: string, type: string, body: () => string | Promise<string>): void => {
    fastify.get(url, PUBLIC, async (_request, reply) =>
      reply
        .headers(DOCS_HEADERS)
        .type(type)
        .send(await body()),
    );
  };
  let text: Promise<string> | undefined;
  const rendered = () =>
    document()
      .then(JSON.stringify)
      .catch((error: unknown) => {
        text = undefined; // the next one tries again
        throw error;
      });
  serve('/openapi.json', 'application/json; charset=utf-8', () => (text ??= rendered()));
  serve('/docs', 'text/html; charset=utf-8', () => page(title));
  serve('/docs/page.js', 'text/javascript; charset=utf-8', () => PAGE_SCRIPT);
  for (const [name, type] of Object.entries(ASSETS)) {
    let content: Buffer | undefined; // read when it is first asked for: in production usually never
    fastify.get(`/docs/${name}`, PUBLIC, (_request, reply) => {
      content ??= readFileSync(join(absolutePath(), name));
      return reply.type(type).header('cache-control', `max-age=${ASSET_MAX_AGE_SECONDS}`).send(content);
    });
  }
}
