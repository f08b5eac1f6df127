import { describe, expect, it } from '@jest/globals';
import { PRODUCT_SORTS, type ProductListing } from '../../application/ports/product.listing.js';
import { listStatement, listValues } from './product-list.statements.js';

const POSITION = { sortValue: 'kettle', id: '019c0f4e-7d2b-7c11-9a53-5d1b6a0e42f7' };

/** Every shape of listing that there is. */
const LISTINGS: ProductListing[] = PRODUCT_SORTS.flatMap((sort) =>
  [null, 'garden'].flatMap((category) =>
    ([null, 'active'] as const).flatMap((status) =>
      [null, POSITION].map((after) => ({ sort, category, status, page: { limit: 20, after } })),
    ),
  ),
);

/** Postgres tells names apart by their first 63 bytes. */
const NAME_LENGTH_MAX = 63;

describe('the statements of listings', () => {
  it('have each their own name, short enough for Postgres', () => {
    const names = LISTINGS.map((listing) => listStatement(listing).name);

    expect(new Set(names).size).toBe(48);
    for (const name of names) expect(name.length).toBeLessThanOrEqual(NAME_LENGTH_MAX);
  });

  it('take as many values as they have parameters', () => {
    for (const listing of LISTINGS) {
      const parameters = listStatement(listing).text.match(/\$\d+/g) ?? [];
      expect(parameters).toEqual(listValues(listing).map((_, n) => `$${n + 1}`));
    }
  });

  it('hold nothing that a caller says', () => {
    const listing = { ...LISTINGS[0], category: `garden'; DROP TABLE`, status: null, sort: 'name' } as ProductListing;

    expect(listStatement(listing).text).not.toContain('DROP');
    expect(listValues(listing)).toContain(`garden'; DROP TABLE`);
  });
});
