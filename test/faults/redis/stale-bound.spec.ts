import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import { describeWith, REDIS_SERVER } from '#platform/testing';
import { RECOVERY_MS, staleMaxMs, TEST_MS } from './bounds.js';
import { READ_ONLY, type RedisFault } from './support/faults.js';
import { everywhere, risesEverywhere } from './support/figures.js';
import { Readers } from './support/readers.js';
import { SharedShop } from './support/shared-shop.js';
import { untilShown } from './support/until-shown.js';

const TTL_SECONDS = 2;
const STALE_SECONDS = 2;
const STALE_MAX_MS = staleMaxMs(TTL_SECONDS, STALE_SECONDS);
const CHANGER = 0;

/** The faults in which a change can't be told to stores that still believe what they read. */
const DIVIDING: readonly RedisFault[] = [
  {
    what: 'can not be reached by the store that changes something',
    closesTheWay: false,
    begin: async ({ proxies }) => proxies[CHANGER]?.blackHole(),
    end: async ({ proxies }) => proxies[CHANGER]?.heal(),
  },
  READ_ONLY,
];

describeWith(REDIS_SERVER, 'stores whose Redis', () => {
  let shop: SharedShop;
  let readers: Readers | undefined;

  beforeAll(async () => {
    const env = {
      CATALOG_CACHE_TTL_SECONDS: String(TTL_SECONDS),
      CATALOG_CACHE_STALE_SECONDS: String(STALE_SECONDS),
    };
    shop = await SharedShop.open({ stores: 3, products: 0, env });
  }, TEST_MS);
  afterEach(async () => {
    await readers?.stop();
    shop.expectSound();
  });
  afterAll(() => shop?.close());

  it.each(DIVIDING)(
    '$what show a change at once where it was made, and elsewhere as soon as what is kept there ends',
    async ({ begin, end }) => {
      const { id } = await shop.onSale();
      readers = Readers.start({ storeUrls: shop.storeUrls, productIds: [id], count: 6 });
      await risesEverywhere('hit', shop.stores, RECOVERY_MS);

      await begin(shop);
      const ended = (): Promise<unknown> => end(shop);
      const { body } = await shop
        .rename(CHANGER, id, 'A kettle that others have not heard of')
        .catch(async (error: unknown) => {
          await ended();
          throw error;
        });
      const changedMs = performance.now();
      await untilShown(shop, body, STALE_MAX_MS).finally(ended);
      await everywhere(
        'all is told',
        shop.stores,
        ({ pendingInvalidations }) => pendingInvalidations === 0,
        RECOVERY_MS,
      );
      await risesEverywhere('hit', shop.stores, RECOVERY_MS);
      await readers.stop();

      const { reads } = readers;
      const since = reads.filter(({ beganAtMs }) => beganAtMs >= changedMs);
      const outdated = shop.shelf.outdatedIn(since);
      process.stdout.write(`${JSON.stringify({ outdated: outdated.length, of: since.length })}\n`);
      expect(shop.shelf.faultsIn(reads)).toEqual([]);
      expect(outdated).not.toEqual([]); // else this would not be one of these faults
      expect(shop.shelf.outdatedIn(since.filter(({ store }) => store === CHANGER))).toEqual([]);
      expect(shop.shelf.outdatedIn(since, STALE_MAX_MS)).toEqual([]);
    },
    TEST_MS,
  );
});
