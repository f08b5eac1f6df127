import { exampleOf, isOf, type Schema, type Schemas } from './schema.ts';

type Wrong = readonly [what: string, value: unknown];

/** Values that the schema forbids, each by one rule. */
export function wrongValues(schema: Schema, schemas: Schemas): Wrong[] {
  return [
    ['of another type', isOf(schema, 'object') ? 'x' : { a: 1 }],
    ...(isOf(schema, 'null') ? [] : [['null', null] as const]),
    ...(isOf(schema, 'string') ? wrongTexts(schema) : []),
    ...(isOf(schema, 'integer') || isOf(schema, 'number') ? wrongNumbers(schema, schemas) : []),
    ...(isOf(schema, 'boolean') ? [['a text', 'true'] as const] : []),
  ];
}

function wrongTexts({ minLength = 0, maxLength, pattern, format, enum: list }: Schema): Wrong[] {
  const values: Wrong[] = [['a number', 7]];
  if (minLength > 0) values.push(['empty', '']);
  if (maxLength !== undefined) values.push([`of ${maxLength + 1} characters`, 'x'.repeat(maxLength + 1)]);
  if (list) values.push(['off its list', 'verify-no-such-value']);
  if (pattern !== undefined) values.push(['against its pattern', '\u0001 ?!']);
  if (format === 'uuid' || format === 'date-time') values.push(['of another format', 'not-of-this-format']);
  return values;
}

function wrongNumbers(schema: Schema, schemas: Schemas): Wrong[] {
  const { minimum, maximum } = schema;
  const values: Wrong[] = [['a text', String(exampleOf(schema, schemas))]];
  if (isOf(schema, 'integer')) values.push(['a fraction', 1.5]);
  if (minimum !== undefined) values.push([`of ${minimum - 1}`, minimum - 1]);
  if (maximum !== undefined) values.push([`of ${maximum + 1}`, maximum + 1]);
  return values;
}
