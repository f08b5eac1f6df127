import { type Path, pointerOf, replaced, without } from './place.ts';
import { exampleOf, resolved, type Schema, type Schemas } from './schema.ts';
import { wrongValues } from './wrong-values.ts';

/** A body that is wrong in one place. */
export interface BadBody {
  /** `"name" of 201 characters`. */
  readonly what: string;
  readonly body: unknown;
  /** Where the answer has to point, to one of these: of an item of a list, to it or to the list. */
  readonly pointers: readonly string[];
}

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

const pointersTo = (path: Path): string[] => [
  pointerOf(path),
  ...(typeof path.at(-1) === 'number' ? [pointerOf(path.slice(0, -1))] : []),
];
