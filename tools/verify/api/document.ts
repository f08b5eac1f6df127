import type { Schema, Schemas } from './schema.ts';

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required?: boolean;
  readonly schema: Schema;
}

interface MediaType {
  readonly schema?: Schema;
  readonly examples?: Readonly<Record<string, unknown>>;
}

interface WrittenOperation {
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[];
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, MediaType>> };
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, MediaType>> }>>;
}

export interface WrittenDocument {
  readonly security?: readonly object[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, WrittenOperation>>>>;
  readonly components: { readonly schemas: Schemas; readonly securitySchemes?: object };
}

/** One route and method, as the document has it. */
export interface Operation {
  /** `POST /v1/orders/{id}/cancel`. */
  readonly id: string;
  readonly method: string;
  readonly path: string;
  /** What its token has to have; null for a route that is open to all. */
  readonly scopes: readonly string[] | null;
  readonly parameters: readonly Parameter[];
  /** Of the JSON that it takes; null for an operation without a body. */
  readonly body: Schema | null;
  /** Statuses that it declares. */
  readonly statuses: readonly number[];
  readonly responses: WrittenOperation['responses'];
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete'];

/** The operations of the API, by its own document. */
export function operationsOf({ paths, security = [] }: WrittenDocument): readonly Operation[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    METHODS.flatMap((name) => {
      const written = methods[name];
      return written ? [operationOf(name.toUpperCase(), path, written, security)] : [];
    }),
  );
}

function operationOf(method: string, path: string, written: WrittenOperation, usual: readonly object[]): Operation {
  return {
    id: `${method} ${path}`,
    method,
    path,
    scopes: scopesOf(written.security ?? (usual as NonNullable<WrittenOperation['security']>)),
    parameters: written.parameters ?? [],
    body: written.requestBody?.content['application/json']?.schema ?? null,
    statuses: Object.keys(written.responses).map(Number),
    responses: written.responses,
  };
}

/** No requirement at all, or an empty one among them, is an open door. */
function scopesOf(security: NonNullable<WrittenOperation['security']>): readonly string[] | null {
  const [first] = security;
  if (!first || security.some((requirement) => Object.keys(requirement).length === 0)) return null;
  return Object.values(first).flat();
}

/** Whether it takes this header. */
export const takes = ({ parameters }: Operation, header: string): boolean =>
  parameters.some(({ name, in: place }) => place === 'header' && name.toLowerCase() === header);
