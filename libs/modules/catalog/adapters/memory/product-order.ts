import type { PagePosition } from '#kernel/page';
import type { ProductSort } from '../../application/ports/product.listing.js';

type Compare = (a: PagePosition, b: PagePosition) => number;

/** Compares two places in the order of a sort, ties by id in the same direction. */
export function byPosition(sort: ProductSort): Compare {
  return sort.startsWith('-') ? (a, b) => ascending(b, a) : ascending;
}

const ascending: Compare = (a, b) => compareValues(a.sortValue, b.sortValue) || compareValues(a.id, b.id);

function compareValues(a: string | number, b: string | number): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  // Bytes of UTF-8 sort by code point, as Postgres' collation "C" does; JavaScript's `<` would put 😀 before ﬁ.
  return Buffer.compare(Buffer.from(String(a)), Buffer.from(String(b)));
}
