import { expect, it } from '@jest/globals';
import { PAGE_SIZE_MAX, type Page } from '#kernel/page';
import {
  PRODUCT_SORT_DEFAULT,
  PRODUCT_SORTS,
  type ProductListing,
  type ProductSort,
} from '../application/ports/product.listing.js';
import type { ProductRepository } from '../application/ports/product.repository.js';
import type { Product } from '../domain/product.js';
import { PRODUCT_STATUSES } from '../domain/product.state.js';
import { aProduct } from './product.builder.js';

const aListing = (listing: Partial<ProductListing> = {}): ProductListing => ({
  category: null,
  status: null,
  sort: PRODUCT_SORT_DEFAULT,
  page: { limit: PAGE_SIZE_MAX, after: null },
  ...listing,
});

const names = ({ items }: Page<Product>): string[] => items.map(({ name }) => name);
const day = (n: number): Date => new Date(Date.UTC(2026, 0, n));
const euros = (amount: number) => ({ amount, currency: 'EUR' });

/** Sort values and ids that contradict each other, and a tie in every sort. */
const SHELF = [
  aProduct({ id: '00000000-0000-8000-8000-00000000000e', name: 'a', price: euros(300), createdAt: day(2) }),
  aProduct({ id: '00000000-0000-8000-8000-00000000000d', name: 'b', price: euros(1_000), createdAt: day(1) }),
  aProduct({ id: '00000000-0000-8000-8000-00000000000c', name: 'c', price: euros(20), createdAt: day(3) }),
  aProduct({ id: '00000000-0000-8000-8000-00000000000b', name: 'c', price: euros(20), createdAt: day(3) }),
  aProduct({ id: '00000000-0000-8000-8000-00000000000a', name: 'e', price: euros(300), createdAt: day(4) }),
];

/** The last digits of the shelf's ids, as each sort orders them. */
const ORDERS: Record<ProductSort, string> = {
  name: 'edbca',
  '-name': 'acbde',
  price: 'bcaed',
  '-price': 'deacb',
  createdAt: 'debca',
  '-createdAt': 'acbed',
};

async function stock(products: ProductRepository, shelf: readonly Product[]): Promise<void> {
  for (const product of shelf) await products.add(product);
}

const lastDigits = ({ items }: Page<Product>): string => items.map(({ id }) => id.slice(-1)).join('');

/** Follows a list to its end, and calls `between` after each page. */
async function walk(
  products: ProductRepository,
  sort: ProductSort,
  limit: number,
  between?: () => Promise<void>,
): Promise<string> {
  let seen = '';
  let after = null;
  do {
    const page: Page<Product> = await products.list(aListing({ sort, page: { limit, after } }));
    seen += lastDigits(page);
    after = page.next;
    await between?.();
  } while (after);
  return seen;
}

/** What every store does when it lists. */
export function listingContract(store: () => ProductRepository): void {
  it('gives an empty last page when there is nothing', async () => {
    expect(await store().list(aListing())).toEqual({ items: [], next: null });
  });

  it('gives products field for field', async () => {
    const product = aProduct();
    await store().add(product);

    expect(await store().list(aListing())).toEqual({ items: [product], next: null });
  });

  it.each(PRODUCT_SORTS)('orders by %s, and ties by id in the same direction', async (sort) => {
    await stock(store(), SHELF);

    expect(lastDigits(await store().list(aListing({ sort })))).toBe(ORDERS[sort]);
  });

  it.each(PRODUCT_SORTS.flatMap((sort) => [1, 2, 4, 5].map((limit) => ({ sort, limit }))))(
    'walks each product once by $sort, $limit to a page',
    async ({ sort, limit }) => {
      await stock(store(), SHELF);

      expect(await walk(store(), sort, limit)).toBe(ORDERS[sort]);
    },
  );

  it('has no next page when the last one is exactly full', async () => {
    await stock(store(), SHELF);

    const page = await store().list(aListing({ page: { limit: SHELF.length, after: null } }));

    expect(page.next).toBeNull();
  });

  it('orders names by code point: capitals first, and beyond 16 bits last', async () => {
    const ordered = ['Apple', 'Zebra', 'apple', 'zebra', 'Äpfel', 'ﬁg', '🫖 pot'];
    await stock(
      store(),
      ordered.toReversed().map((name) => aProduct({ name })),
    );

    expect(names(await store().list(aListing({ sort: 'name' })))).toEqual(ordered);
  });

  it('tells apart times that differ by one millisecond', async () => {
    const times = ['2026-01-01T00:00:00.998Z', '2026-01-01T00:00:00.999Z', '2026-01-01T00:00:01.000Z'];
    await stock(
      store(),
      times.map((time) => aProduct({ name: time, createdAt: new Date(time) })),
    );

    const first = await store().list(aListing({ sort: 'createdAt', page: { limit: 1, after: null } }));
    const rest = await store().list(aListing({ sort: 'createdAt', page: { limit: 5, after: first.next } }));

    expect([...names(first), ...names(rest)]).toEqual(times);
  });

  it.each(PRODUCT_STATUSES)('shows only products that are %s when asked to', async (status) => {
    await stock(
      store(),
      PRODUCT_STATUSES.map((each) => aProduct({ status: each, name: each })),
    );

    expect(names(await store().list(aListing({ status })))).toEqual([status]);
  });

  it('shows only one category when asked to, whatever the status', async () => {
    await stock(store(), [
      aProduct({ category: 'garden', status: 'active', name: 'spade' }),
      aProduct({ category: 'garden', status: 'draft', name: 'rake' }),
      aProduct({ category: 'gardening', name: 'other' }),
    ]);

    const page = await store().list(aListing({ category: 'garden', sort: 'name' }));

    expect(names(page)).toEqual(['rake', 'spade']);
  });

  it.each(PRODUCT_SORTS)('walks a category and a status together, by %s', async (sort) => {
    const wanted = SHELF.map((product) => aProduct({ ...product, category: 'garden', status: 'draft' }));
    const others = [aProduct({ category: 'garden' }), aProduct({ status: 'draft' })];
    await stock(store(), [...wanted, ...others]);
    const listing = aListing({ category: 'garden', status: 'draft', sort });

    const first = await store().list({ ...listing, page: { limit: 2, after: null } });
    const rest = await store().list({ ...listing, page: { limit: 5, after: first.next } });

    expect(lastDigits(first) + lastDigits(rest)).toBe(ORDERS[sort]);
  });

  it('goes on behind an item that has since moved away, and repeats none that stayed', async () => {
    await stock(store(), SHELF);
    const first = await store().list(aListing({ sort: 'price', page: { limit: 2, after: null } }));
    const last = first.items[1];
    if (!last) throw new Error('The first page has two items.');

    await store().save(last.change({ price: euros(5_000) }, day(9)), last.version);
    const rest = await store().list(aListing({ sort: 'price', page: { limit: 5, after: first.next } }));

    expect(lastDigits(first)).toBe('bc');
    expect(lastDigits(rest)).toBe('aedc');
  });

  it('repeats none when products arrive in front of the page', async () => {
    await stock(store(), SHELF);
    const arrive = () => store().add(aProduct({ createdAt: day(20) }));

    expect(await walk(store(), '-createdAt', 2, arrive)).toBe(ORDERS['-createdAt']);
  });
}
