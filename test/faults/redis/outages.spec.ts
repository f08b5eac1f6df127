import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import { describeWith, REDIS_SERVER, SLACK_MS } from '#platform/testing';
import { CHANGE_WAITS, COMMAND_MS, OPENS_MS, RECOVERY_MS, TEST_MS } from './bounds.js';
import { FAULTS } from './support/faults.js';
import { everywhere, OPEN, risesEverywhere } from './support/figures.js';
import { logOf, Readers } from './support/readers.js';
import { type Renamed, SharedShop } from './support/shared-shop.js';
import { untilShown } from './support/until-shown.js';

const STORES = 2;
const PRODUCTS = 50;
const READERS = 6;
/** What is measured of each stretch: so many that a pause of the machine, which meets all readers at once, is no hundredth. */
const READS = 700;

describeWith(REDIS_SERVER, 'a shop whose Redis', () => {
  let shop: SharedShop;
  let readers: Readers;

  beforeAll(async () => {
    shop = await SharedShop.open({ stores: STORES, products: PRODUCTS });
    readers = Readers.start({ storeUrls: shop.storeUrls, productIds: shop.shelf.ids, count: READERS });
  }, TEST_MS);
  afterEach(() => shop.expectSound());
  afterAll(async () => {
    await readers?.stop();
    await shop?.close();
  });

  const p99Ms = (fromMs: number, toMs: number): number => logOf(readers.between(fromMs, toMs)).summary().p99Ms;

  it.each(FAULTS.map((fault, place) => ({ ...fault, place })))(
    '$what shows every product in time, takes changes, and is used again within ten seconds',
    async ({ what, closesTheWay, wearsOut = false, begin, end, place }) => {
      const changed = shop.shelf.ids[place] ?? '';
      await risesEverywhere('hit', shop.stores, RECOVERY_MS);
      const fromMs = performance.now();
      await readers.more(READS);

      const beganMs = performance.now();
      const baseMs = p99Ms(fromMs, beganMs);
      let openMs = Infinity;
      const suffered = async (): Promise<Renamed> => {
        await begin(shop);
        const renamed = await shop.rename(0, changed, `Kettle of a shop whose Redis ${what}`);
        if (closesTheWay) await everywhere('the circuit is open', shop.stores, isOpen, OPENS_MS);
        openMs = performance.now();
        if (closesTheWay) await risesEverywhere('bypass', shop.stores, RECOVERY_MS);
        await readers.more(READS);
        return renamed;
      };
      const renamed = await suffered().finally(() => end(shop)); // also of a failed test: the next one has its own
      const endedMs = performance.now();
      await risesEverywhere('hit', shop.stores, RECOVERY_MS);
      await untilShown(shop, renamed.body, RECOVERY_MS);

      const reads = readers.between(fromMs);
      const bypassed = logOf(readers.between(openMs, endedMs)).summary();
      const figures = {
        what,
        baseMs,
        p99Ms: p99Ms(beganMs, endedMs),
        bypassedMs: bypassed.p50Ms,
        changeMs: renamed.tookMs,
      };
      process.stdout.write(
        `${JSON.stringify({ ...figures, reads: reads.length, backMs: performance.now() - endedMs })}\n`,
      );
      expect(shop.shelf.faultsIn(reads)).toEqual([]);
      expect(figures.p99Ms).toBeLessThanOrEqual(baseMs + COMMAND_MS + SLACK_MS);
      expect(renamed.tookMs).toBeLessThanOrEqual(baseMs + CHANGE_WAITS * COMMAND_MS + SLACK_MS);
      // Now and then one of them tries whether Redis is back; the others don't wait for it.
      expect(bypassed.p50Ms).toBeLessThan(wearsOut ? COMMAND_MS + SLACK_MS : COMMAND_MS);
    },
    TEST_MS,
  );
});

const isOpen = ({ breakerState }: { readonly breakerState: number }): boolean => breakerState === OPEN;
