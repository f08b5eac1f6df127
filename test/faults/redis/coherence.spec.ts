import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import { describeWith, REDIS_SERVER } from '#platform/testing';
import { CROWDED } from '../orders/support/fleet.js';
import { RECOVERY_MS, staleMaxMs, TEST_MS } from './bounds.js';
import { Misfortune } from './support/misfortune.js';
import { SharedShop } from './support/shared-shop.js';
import { ShopClient } from './support/shop-client.js';
import { untilAgreed } from './support/until-shown.js';
import { SeededRandom } from '../support/seeded-random.js';

const STORES = 3;
const CLIENTS = 9;
const ACTS = 40;
/** Of Redis, at least. */
const MISFORTUNES = 10;
/** Few, so that changes meet. */
const PRODUCTS = 3;
const TTL_SECONDS = 2;
const STALE_SECONDS = 2;

describeWith(REDIS_SERVER, `reads and changes at ${STORES} stores that share a Redis`, () => {
  const random = SeededRandom.announced('coherence');
  let shop: SharedShop;

  beforeAll(async () => {
    const short = {
      CATALOG_CACHE_TTL_SECONDS: String(TTL_SECONDS),
      CATALOG_CACHE_STALE_SECONDS: String(STALE_SECONDS),
    };
    shop = await SharedShop.open({ stores: STORES, products: 0, env: { ...CROWDED, ...short } });
  }, TEST_MS);
  afterEach(() => shop.expectSound());
  afterAll(() => shop?.close());

  /** The clients, when each has done its acts, and as many more as there is time for. */
  async function lived(isTime = (): boolean => false): Promise<Lives> {
    const productIds: string[] = [];
    while (productIds.length < PRODUCTS) productIds.push((await shop.onSale()).id);
    const clients = Array.from({ length: CLIENTS }, () => new ShopClient({ shop, random, productIds }));
    await Promise.all(
      clients.map(async (client) => {
        for (let acts = 0; acts < ACTS || isTime(); acts += 1) await client.act();
        await client.close();
      }),
    );
    const counts = clients.map((client) => client.counts);
    process.stdout.write(`${JSON.stringify(counts.reduce(added, {}))}\n`);
    return { clients, productIds };
  }

  it.each([1, 2, 3])(
    'show what was acknowledged to everybody who asks after it, and never go back (history %d)',
    async () => {
      const { clients } = await lived();
      const reads = clients.flatMap((client) => client.reads);

      expect(refusals(clients)).toEqual([]);
      expect(shop.shelf.faultsIn(reads)).toEqual([]);
      expect(shop.shelf.outdatedIn(reads)).toEqual([]);
      expect(clients.flatMap((client) => client.steppedBack)).toEqual([]);
    },
    TEST_MS,
  );

  it(
    'show nothing older than their settings allow while Redis suffers, and agree with Postgres soon after',
    async () => {
      const misfortune = Misfortune.upon(shop, random);
      const { clients, productIds } = await lived(() => misfortune.total < MISFORTUNES).finally(() => misfortune.end());
      const reads = clients.flatMap((client) => client.reads);

      process.stdout.write(`${JSON.stringify(misfortune.counts)}\n`);
      expect(refusals(clients)).toEqual([]);
      expect(shop.shelf.faultsIn(reads)).toEqual([]);
      expect(shop.shelf.outdatedIn(reads, staleMaxMs(TTL_SECONDS, STALE_SECONDS))).toEqual([]);
      await untilAgreed(shop, productIds, RECOVERY_MS);
    },
    TEST_MS,
  );
});

/** Changes that were refused for another reason than that somebody was quicker. */
const refusals = (clients: readonly ShopClient[]): readonly string[] =>
  clients.flatMap(({ counts }) => Object.keys(counts)).filter((answer) => !/ (?:20[01]|409|412)$/.test(answer));

interface Lives {
  readonly clients: readonly ShopClient[];
  readonly productIds: readonly string[];
}

function added(sum: Record<string, number>, counts: Readonly<Record<string, number>>): Record<string, number> {
  for (const [name, count] of Object.entries(counts)) sum[name] = (sum[name] ?? 0) + count;
  return sum;
}
