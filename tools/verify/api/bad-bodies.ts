import { exampleOf, isOf, resolved, type Schema, type Schemas } from './schema.ts';

/** A body that is wrong in one place. */
export interface BadBody {
  /** `"name" of 201 characters`. */
  readonly what: string;
  readonly body: unknown;
  /** Where the answer has to point, to one of these: of an item of a list, to it or to the list. */
  readonly pointers: readonly string[];
}

type Path = readonly (string | number)[];

const UNKNOWN_FIELD = 'verifyUnknownField';
const LIST_MAX = 2_000;

/** For each field that a body may have: without it, of another type, beyond each of its bounds; and one too many. */
export function badBodies(schema: Schema, schemas: Schemas): readonly BadBody[] {
  const good = exampleOf(schema, schemas);
  const change = (path: Path, value: unknown): unknown => replaced(good, path, value);
  const visit = (at: Schema, path: Path): BadBody[] => {
    const own = resolved(at, schemas);
    const bad = (what: string, value: unknown): BadBody => ({
      what: `${pointerOf(path)} ${what}`,
      body: change(path, value),
      pointers: pointersTo(path),
    });
    const wrong = path.length === 0 ? [] : wrongValues(own, schemas).map(([what, value]) => bad(what, value));
    if (own.properties) return [...wrong, ...fieldsOf(own, path, change, good), ...nested(own, path, visit)];
    if (own.items) return [...wrong, ...listBounds(own, schemas, bad), ...visit(own.items, [...path, 0])];
    return wrong;
  };
  return visit(schema, []);
}

const nested = (schema: Schema, path: Path, visit: (at: Schema, path: Path) => BadBody[]): BadBody[] =>
  Object.entries(schema.properties ?? {}).flatMap(([name, value]) => visit(value, [...path, name]));

/** An object with a field too many, and without each that it must have. */
function fieldsOf(
  schema: Schema,
  path: Path,
  change: (path: Path, value: unknown) => unknown,
  good: unknown,
): BadBody[] {
  const stranger = [...path, UNKNOWN_FIELD];
  const missing = (schema.required ?? []).map((name) => ({
    what: `${pointerOf([...path, name])} missing`,
    body: without(good, [...path, name]),
    pointers: [pointerOf([...path, name])],
  }));
  return [
    { what: `${pointerOf(stranger)} unknown`, body: change(stranger, 'x'), pointers: [pointerOf(stranger)] },
    ...missing,
  ];
}

function listBounds(schema: Schema, schemas: Schemas, bad: (what: string, value: unknown) => BadBody): BadBody[] {
  const item = exampleOf(schema.items ?? {}, schemas);
  const { minItems = 0, maxItems = Infinity } = schema;
  return [
    ...(minItems > 0 ? [bad(`of ${minItems - 1} items`, Array(minItems - 1).fill(item))] : []),
    ...(maxItems < LIST_MAX ? [bad(`of ${maxItems + 1} items`, Array(maxItems + 1).fill(item))] : []),
  ];
}

type Wrong = readonly [what: string, value: unknown];

/** Values that the schema forbids, each by one rule. */
function wrongValues(schema: Schema, schemas: Schemas): Wrong[] {
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

const pointersTo = (path: Path): string[] => [
  pointerOf(path),
  ...(typeof path.at(-1) === 'number' ? [pointerOf(path.slice(0, -1))] : []),
];

/** RFC 6901, as a fragment. */
const pointerOf = (path: Path): string =>
  `#${path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')}`;

function replaced(value: unknown, [first, ...rest]: Path, by: unknown): unknown {
  if (first === undefined) return by;
  if (Array.isArray(value)) {
    return value.map((item: unknown, index) => (index === first ? replaced(item, rest, by) : item));
  }
  const object = value as Readonly<Record<string, unknown>>;
  return { ...object, [first]: replaced(object[first], rest, by) };
}

function without(value: unknown, [first = '', ...rest]: Path): unknown {
  if (Array.isArray(value)) {
    return value.map((item: unknown, index) => (index === first ? without(item, rest) : item));
  }
  const object = value as Readonly<Record<string, unknown>>;
  if (rest.length > 0) return { ...object, [first]: without(object[first], rest) };
  return Object.fromEntries(Object.entries(object).filter(([name]) => name !== first));
}
