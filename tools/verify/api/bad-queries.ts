import type { Operation } from './document.ts';
import { isOf, type Schema } from './schema.ts';

/** A query that is wrong in one place. */
export interface BadQuery {
  readonly what: string;
  /** With its question mark. */
  readonly query: string;
  readonly pointers: readonly string[];
}

const UNKNOWN = 'verifyUnknown';

/** For each parameter: twice, empty, beyond each of its bounds; and one that nobody knows. */
export function badQueries({ parameters }: Operation): readonly BadQuery[] {
  const known = parameters.filter(({ in: place }) => place === 'query');
  return [
    query(UNKNOWN, 'unknown', '1'),
    ...known.flatMap(({ name, schema }) => [
      query(name, 'empty', ''),
      { ...query(name, 'twice', goodText(schema)), query: `?${name}=${goodText(schema)}&${name}=${goodText(schema)}` },
      ...wrongTexts(schema).map(([what, text]) => query(name, what, text)),
    ]),
  ];
}

const query = (name: string, what: string, text: string): BadQuery => ({
  what: `?${name} ${what}`,
  query: `?${name}=${encodeURIComponent(text)}`,
  pointers: [`#/${name}`],
});

function goodText({ example, default: usual, enum: list, minimum }: Schema): string {
  const value = example ?? usual ?? list?.[0] ?? minimum;
  return encodeURIComponent(typeof value === 'string' || typeof value === 'number' ? value : 'x');
}

function wrongTexts(schema: Schema): (readonly [what: string, text: string])[] {
  const { minimum, maximum, maxLength, pattern } = schema;
  const texts: (readonly [string, string])[] = [];
  if (isOf(schema, 'integer')) {
    texts.push(['of letters', 'many'], ['a fraction', '1.5']);
    if (minimum !== undefined) texts.push([`of ${minimum - 1}`, String(minimum - 1)]);
    if (maximum !== undefined) texts.push([`of ${maximum + 1}`, String(maximum + 1)]);
  }
  if (schema.enum) texts.push(['off its list', 'verify-no-such-value']);
  if (maxLength !== undefined) texts.push([`of ${maxLength + 1} characters`, 'x'.repeat(maxLength + 1)]);
  if (pattern !== undefined) texts.push(['against its pattern', '\u0001 ?!']);
  return texts;
}
