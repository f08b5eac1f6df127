import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import { describeWith, REDIS_SERVER } from '#platform/testing';
import { RowLock } from '../../system/support/row-lock.js';
import { CROWDED } from '../orders/support/fleet.js';
import { RECOVERY_MS, TEST_MS } from './bounds.js';
import { figuresOf, risesEverywhere } from './support/figures.js';
import { crowd, Readers } from './support/readers.js';
import { SharedShop } from './support/shared-shop.js';

const STORES = 3;
const CROWD = 500;
const FLUSHES = 5;
/** After each flush, of which the first dozens find nothing. */
const READS = 200;
/** Nothing is loaded anew because of its age. */
const LASTING = { CATALOG_CACHE_TTL_SECONDS: '3600' };
/** How long Redis is waited for is not what is tried here, and a crowd makes the stores slow on a busy machine. */
const PATIENT = { REDIS_COMMAND_TIMEOUT_MS: '5000' };

describeWith(REDIS_SERVER, `a crowd at ${STORES} stores that share a Redis`, () => {
  let shop: SharedShop;
  beforeAll(async () => {
    shop = await SharedShop.open({ stores: STORES, products: 1, env: { ...CROWDED, ...LASTING, ...PATIENT } });
  }, TEST_MS);
  afterEach(() => shop.expectSound());
  afterAll(() => shop?.close());

  /** How often each store has asked Postgres for a product while something was done. */
  const loadsDuring = async (act: () => Promise<unknown>): Promise<readonly number[]> => {
    const before = await Promise.all(shop.stores.map(figuresOf));
    await act();
    const after = await Promise.all(shop.stores.map(figuresOf));
    return after.map(({ finds }, place) => finds - (before[place]?.finds ?? 0));
  };
  const sum = (counts: readonly number[]): number => counts.reduce((all, count) => all + count, 0);

  it(`of ${CROWD} has a cold product loaded once for each store at most`, async () => {
    const { id } = await shop.onSale();

    const loads = await loadsDuring(async () => {
      const reads = await crowd(shop.storeUrls, id, CROWD);
      expect(shop.shelf.faultsIn(reads)).toEqual([]);
    });

    process.stdout.write(`${JSON.stringify({ cold: loads })}\n`);
    expect(sum(loads)).toBeGreaterThanOrEqual(1);
    expect(sum(loads)).toBeLessThanOrEqual(STORES);
  });

  it(`of ${CROWD} does so also when Postgres takes long`, async () => {
    const { id } = await shop.onSale();
    const lock = await RowLock.onTable(shop.fleet.adminUrl, 'catalog.products');

    const loads = await loadsDuring(async () => {
      const reading = crowd(shop.storeUrls, id, CROWD);
      await shop.fleet.inFlight(CROWD).finally(() => lock.release());
      expect(shop.shelf.faultsIn(await reading)).toEqual([]);
    });

    expect(sum(loads)).toBeLessThanOrEqual(STORES);
  });

  it(`of ${CROWD} does so also when Redis is away: one load at a time for each store, and one that waits for it`, async () => {
    const { id } = await shop.onSale();
    await Promise.all(shop.proxies.map((proxy) => proxy.down()));
    const lock = await RowLock.onTable(shop.fleet.adminUrl, 'catalog.products');

    const loads = await loadsDuring(async () => {
      const reading = crowd(shop.storeUrls, id, CROWD);
      await shop.fleet.inFlight(CROWD).finally(() => lock.release());
      expect(shop.shelf.faultsIn(await reading)).toEqual([]);
    }).finally(() => Promise.all(shop.proxies.map((proxy) => proxy.up())));

    expect(Math.max(...loads)).toBeLessThanOrEqual(2);
  });

  it('has it loaded twice for each store at most when Redis is emptied under it', async () => {
    const { id } = await shop.onSale();
    const readers = Readers.start({ storeUrls: shop.storeUrls, productIds: [id], count: 30 });
    await risesEverywhere('hit', shop.stores, RECOVERY_MS);

    const flushes: (readonly number[])[] = [];
    while (flushes.length < FLUSHES) {
      flushes.push(
        await loadsDuring(async () => {
          await shop.tell((admin) => admin.flushAll());
          await readers.more(READS);
        }),
      );
    }
    await readers.stop();

    process.stdout.write(`${JSON.stringify({ flushes })}\n`);
    expect(shop.shelf.faultsIn(readers.reads)).toEqual([]);
    expect(Math.max(...flushes.flat())).toBeLessThanOrEqual(2);
    for (const loads of flushes) expect(sum(loads)).toBeGreaterThanOrEqual(1);
  });
});
