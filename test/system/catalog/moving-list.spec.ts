import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runningStore, type RunningStore } from '../support/running-store.js';
import { StoreClient } from '../support/store-client.js';

const PRODUCTS = 60;

describe('a walk while the shop goes on', () => {
  let running: RunningStore;
  let shop: StoreClient;
  beforeAll(async () => {
    running = await runningStore();
    shop = new StoreClient(running.store.url);
  });
  afterAll(() => running.stop());

  it.each([
    ['createdAt', 'oldest-first'],
    ['-createdAt', 'newest-first'],
    ['name', 'by-name'],
    ['-price', 'dearest-first'],
  ])('by %s shows each product that was there all along exactly once, and none twice', async (sort, category) => {
    const there = await Promise.all(
      Array.from({ length: PRODUCTS }, (_, index) =>
        // Few names and prices for many products: the pages break in the middle of equal ones.
        shop.created({ category, name: `Kettle ${index % 5}`, price: { amount: 100 + (index % 3), currency: 'EUR' } }),
      ),
    );
    let pages = 0;
    const seen = await shop.walk({ category, sort, limit: 7 }, async ({ items }) => {
      pages += 1;
      await shop.created({
        category,
        name: `Kettle ${pages % 7}`,
        price: { amount: 99 + (pages % 5), currency: 'EUR' },
      });
      const [some] = items;
      if (some) await shop.change(some.id, '*', { description: `Looked at on page ${pages}` });
      const { id } = there[pages] ?? { id: '' };
      await shop.adjust(id, 1);
    });
    const ids = seen.map(({ id }) => id);
    expect(pages).toBeGreaterThan(PRODUCTS / 7);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual(expect.arrayContaining(there.map(({ id }) => id)));
  });
});
