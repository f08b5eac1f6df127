/** The way to a part of a body: names of fields, and places in lists. */
export type Path = readonly (string | number)[];

/** RFC 6901, as a fragment. */
export const pointerOf = (path: Path): string =>
  `#${path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')}`;

/** The body with another value there. */
export function replaced(value: unknown, [first, ...rest]: Path, by: unknown): unknown {
  if (first === undefined) return by;
  if (Array.isArray(value)) {
    return value.map((item: unknown, index) => (index === first ? replaced(item, rest, by) : item));
  }
  const object = value as Readonly<Record<string, unknown>>;
  return { ...object, [first]: replaced(object[first], rest, by) };
}

/** The body without that field. */
export function without(value: unknown, [first = '', ...rest]: Path): unknown {
  if (Array.isArray(value)) {
    return value.map((item: unknown, index) => (index === first ? without(item, rest) : item));
  }
  const object = value as Readonly<Record<string, unknown>>;
  if (rest.length > 0) return { ...object, [first]: without(object[first], rest) };
  return Object.fromEntries(Object.entries(object).filter(([name]) => name !== first));
}
