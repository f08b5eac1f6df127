import { expect, it } from '@jest/globals';
import { PAGE_SIZE_MAX, type Page, type PagePosition } from '#kernel/page';
import type { OrderListing } from '../application/ports/order.listing.js';
import type { OrderRepository } from '../application/ports/order.repository.js';
import type { Order } from '../domain/order.js';
import { ORDER_STATUSES } from '../domain/order.state.js';
import { anOrder } from './order.builder.js';

const aListing = (listing: Partial<OrderListing> = {}): OrderListing => ({
  customerId: 'customer-9',
  status: null,
  page: { limit: PAGE_SIZE_MAX, after: null },
  ...listing,
});

const at = (digit: string, day: number, ms = 0): Order =>
  anOrder({
    id: `00000000-0000-8000-8000-00000000000${digit}`,
    placedAt: new Date(Date.UTC(2026, 0, day, 0, 0, 0, ms)),
  });

/** Times and ids that contradict each other, and a tie. */
const DRAWER = [at('e', 2), at('d', 1), at('c', 3), at('b', 3), at('a', 4)];
const NEWEST_FIRST = 'acbed';

const digits = ({ items }: Page<Order>): string => items.map(({ id }) => id.slice(-1)).join('');

/** What every store does when a customer leafs through orders. */
export function orderListingContract(store: () => OrderRepository): void {
  const walk = async (limit: number, between?: () => Promise<void>): Promise<string> => {
    let seen = '';
    let after: PagePosition | null = null;
    do {
      const page: Page<Order> = await store().list(aListing({ page: { limit, after } }));
      seen += digits(page);
      after = page.next;
      await between?.();
    } while (after);
    return seen;
  };

  it.each([1, 2, 4, 5])('walks each order once, the newest first, %d to a page', async (limit) => {
    await store().addMissing(DRAWER);

    expect(await walk(limit)).toBe(NEWEST_FIRST);
  });

  it('gives orders field for field', async () => {
    await store().addMissing(DRAWER);

    expect((await store().list(aListing())).items).toEqual([DRAWER[4], DRAWER[2], DRAWER[3], DRAWER[0], DRAWER[1]]);
  });

  it('has no next page when the last one is exactly full', async () => {
    await store().addMissing(DRAWER);

    expect((await store().list(aListing({ page: { limit: 5, after: null } }))).next).toBeNull();
    expect((await store().list(aListing({ page: { limit: 4, after: null } }))).next).not.toBeNull();
  });

  it('tells apart times that differ by one millisecond', async () => {
    await store().addMissing([at('a', 1, 122), at('b', 1, 124), at('c', 1, 123)]);

    expect(await walk(1)).toBe('bca');
  });

  it('shows nobody the orders of another', async () => {
    await store().addMissing([
      ...DRAWER,
      anOrder({ customerId: 'customer-99' }),
      anOrder({ customerId: 'Customer-9' }),
    ]);

    expect(digits(await store().list(aListing()))).toBe(NEWEST_FIRST);
    expect(await store().list(aListing({ customerId: 'customer-1' }))).toEqual({ items: [], next: null });
  });

  it.each(ORDER_STATUSES)('shows only orders that are %s when asked to, page by page', async (status) => {
    const wanted = [1, 2, 3].map((day) => anOrder({ status, placedAt: new Date(Date.UTC(2026, 0, day)) }));
    const others = ORDER_STATUSES.filter((other) => other !== status).map((other) => anOrder({ status: other }));
    await store().addMissing([...wanted, ...others]);

    const first = await store().list(aListing({ status, page: { limit: 2, after: null } }));
    const second = await store().list(aListing({ status, page: { limit: 2, after: first.next } }));

    expect([...first.items, ...second.items]).toEqual(wanted.toReversed());
    expect(second.next).toBeNull();
  });

  it('repeats none when orders are placed in front of the page', async () => {
    await store().addMissing(DRAWER);
    let day = 10;

    expect(await walk(2, () => store().add(anOrder({ placedAt: new Date(Date.UTC(2026, 0, (day += 1))) })))).toBe(
      NEWEST_FIRST,
    );
  });
}
