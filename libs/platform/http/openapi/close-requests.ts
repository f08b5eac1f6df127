import type { OpenAPIObject } from '#platform/api-docs';
import { namesOfDemanding } from '../fields/at-least-one-field.js';

interface Schema {
  readonly $ref?: string;
  readonly allOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  additionalProperties?: boolean;
  minProperties?: number;
}

/** Says of every request body what the validation pipe does: unknown fields are refused, at every depth. */
export function closeRequests(document: OpenAPIObject): void {
  const schemas = (document.components?.schemas ?? {}) as Record<string, Schema>;
  const demanding = namesOfDemanding();
  const pending = bodySchemas(document);
  for (let schema = pending.pop(); schema; schema = pending.pop()) {
    const name = schema.$ref?.split('/').at(-1) ?? '';
    const target = schemas[name];
    pending.push(...(schema.allOf ?? []), ...(schema.items ? [schema.items] : []));
    if (!target || target.additionalProperties === false) continue;
    target.additionalProperties = false;
    if (demanding.has(name)) target.minProperties = 1;
    pending.push(...Object.values(target.properties ?? {}));
  }
}

const bodySchemas = ({ paths }: OpenAPIObject): Schema[] =>
  Object.values(paths)
    .flatMap((path) => [path.post, path.put, path.patch])
    .flatMap((operation) => {
      const body = operation?.requestBody;
      return body && 'content' in body ? Object.values(body.content) : [];
    })
    .flatMap(({ schema }) => (schema ? [schema as Schema] : []));
