/** As much of a schema of OpenAPI 3.1 as is asked about here. */
export interface Schema {
  readonly $ref?: string;
  readonly description?: string;
  readonly allOf?: readonly Schema[];
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly enum?: readonly unknown[];
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly example?: unknown;
  readonly default?: unknown;
}

export type Schemas = Readonly<Record<string, Schema>>;

const REFERENCE = /^#\/components\/schemas\/(.+)$/;

/** The schema itself, for one that only names or wraps it. @throws Error for a name that nobody has */
export function resolved(schema: Schema, schemas: Schemas): Schema {
  if (schema.allOf?.length === 1 && schema.allOf[0]) return resolved(schema.allOf[0], schemas);
  if (schema.$ref === undefined) return schema;
  const found = schemas[REFERENCE.exec(schema.$ref)?.[1] ?? ''];
  if (!found) throw new Error(`The API's document has no ${schema.$ref}.`);
  return resolved(found, schemas);
}

/** Whether a value may have this type, among others. */
export const isOf = (schema: Schema, type: string): boolean => [schema.type ?? []].flat().includes(type);

/**
 * A value that fits, made of the examples.
 * @param vary gives another value in the place of one: for what has to be unique, or must exist
 */
export function exampleOf(schema: Schema, schemas: Schemas, vary: Vary = (value) => value, name = ''): unknown {
  const own = resolved(schema, schemas);
  if (own.properties) {
    const entries = Object.entries(own.properties);
    return Object.fromEntries(entries.map(([key, value]) => [key, exampleOf(value, schemas, vary, key)]));
  }
  if (own.items) {
    const one = exampleOf(own.items, schemas, vary, name);
    return Array.from({ length: Math.max(1, own.minItems ?? 1) }, () => one);
  }
  return vary(own.example ?? own.default ?? own.enum?.[0] ?? invented(own), own, name);
}

export type Vary = (value: unknown, schema: Schema, name: string) => unknown;

/** For a field without an example. */
function invented(schema: Schema): unknown {
  if (isOf(schema, 'integer') || isOf(schema, 'number')) return Math.max(1, schema.minimum ?? 1);
  if (isOf(schema, 'boolean')) return true;
  return 'x'.repeat(Math.max(1, schema.minLength ?? 1));
}
