import { field } from '../stage/ask.ts';
import type { Item } from './filters.ts';

/**
 * Whether items have the order that a sort names: `createdAt`, or `-createdAt` the other way round. Unknown where they
 * have no such field, or all the same value in it.
 */
export function disorderIn(items: readonly Item[], sort: string): 'order' | 'disorder' | 'unknown' {
  const name = sort.replace(/^-/, '');
  const values = items.map((item) => comparable(item[name]));
  if (values.some((value) => value === null) || new Set(values).size < 2) return 'unknown';
  const sign = sort.startsWith('-') ? -1 : 1;
  const pairs = values.slice(1).map((value, index) => [values[index], value] as const);
  return pairs.some(([a, b]) => sign * compared(a ?? '', b ?? '') > 0) ? 'disorder' : 'order';
}

/** Of money its amount. Texts and times are compared as they are written: that is what COLLATE "C" does. */
function comparable(value: unknown): string | number | null {
  const plain = field(value, 'amount') ?? value;
  return typeof plain === 'string' || typeof plain === 'number' ? plain : null;
}

/** Bytes of UTF-8, in which the order of the server is. */
const compared = (a: string | number, b: string | number): number =>
  typeof a === 'number' && typeof b === 'number'
    ? a - b
    : Buffer.compare(Buffer.from(String(a)), Buffer.from(String(b)));
