import type { FieldFault } from '#platform/errors';
import { escapePointer } from '../body/json-bounds.js';

interface UniqueItems {
  /** The prototype of the request class that has the array. */
  readonly owner: object;
  readonly array: PropertyKey;
  /** The items' property that no two of them may share. */
  readonly by: string;
}

const demands: UniqueItems[] = [];

/** On an array of objects: no two of them have the same value in the property `by`. */
export const UniqueItemsBy =
  (by: string): PropertyDecorator =>
  (owner, array) =>
    void demands.push({ owner, array, by });

/**
 * The items that repeat an earlier one, at every depth of a valid request. It is told of the item, and not of the
 * array: a rule of class-validator could only say that there is one somewhere.
 */
export function repeatedItems(value: unknown, pointer: string): FieldFault[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = demands
    .filter(({ owner }) => Object.prototype.isPrototypeOf.call(owner, value))
    .flatMap(({ array, by }) => repeats(Reflect.get(value, array), by, `${pointer}/${String(array)}`));
  const inside = Object.entries(value).flatMap(([name, child]) =>
    repeatedItems(child, `${pointer}/${escapePointer(name)}`),
  );
  return [...own, ...inside];
}

function repeats(items: unknown, by: string, pointer: string): FieldFault[] {
  if (!Array.isArray(items)) return [];
  const places = new Map<unknown, number>();
  return items.flatMap((item: object, place) => {
    const value: unknown = Reflect.get(item, by);
    const first = places.get(value);
    if (first === undefined) places.set(value, place);
    return first === undefined ? [] : [{ pointer: `${pointer}/${place}/${by}`, detail: `is item ${first}'s already` }];
  });
}
