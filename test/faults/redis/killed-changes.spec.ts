import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import { describeWith, REDIS_SERVER } from '#platform/testing';
import { RowLock } from '../../system/support/row-lock.js';
import type { StoreProcess } from '../../system/support/store-process.js';
import { CROWDED } from '../orders/support/fleet.js';
import { Till } from '../orders/support/till.js';
import { RECOVERY_MS, TEST_MS } from './bounds.js';
import { risesEverywhere } from './support/figures.js';
import { Readers } from './support/readers.js';
import { SharedShop } from './support/shared-shop.js';

const STOCK = 17;
const QUANTITY = 3;
/** How long a change holds what it changes, when nobody hears of its end. */
const HOLD_MS = 15_000;
/** Nothing is loaded anew because of its age. */
const LASTING = { CATALOG_CACHE_TTL_SECONDS: '3600' };
/** The doomed one waits for locks as long as a test likes; the others give up soon. */
const DOOMED = { ...CROWDED, TEST_KILL: 'after-commit' };
const HASTY = { DATABASE_LOCK_TIMEOUT_MS: '300' };

describeWith(REDIS_SERVER, 'a store that is killed when a change is committed and nobody was told', () => {
  const till = new Till(4);
  let shop: SharedShop;

  beforeAll(async () => {
    shop = await SharedShop.open({ stores: 2, products: 0, env: { ...LASTING, ...HASTY } });
  }, TEST_MS);
  afterEach(() => shop.expectSound());
  afterAll(async () => {
    await till.close();
    await shop?.close();
  });

  const order = (store: StoreProcess, productId: string) =>
    till.place(store.url, {
      sub: 'buyer-1',
      key: randomUUID(),
      lines: [{ productId, quantity: QUANTITY }],
    });

  /** Everybody reads the product all the time, while `act` has a store killed. Gives what was read after that. */
  async function readAround(productId: string, act: (doomed: StoreProcess) => Promise<unknown>) {
    const storeUrls = shop.storeUrls;
    const others = [...shop.stores];
    const doomed = await shop.join({ preload: ['kill-around-commit.mjs'], env: DOOMED });
    const readers = Readers.start({ storeUrls, productIds: [productId], count: 4 });
    try {
      await risesEverywhere('hit', others, RECOVERY_MS);
      const broken = order(doomed, productId).catch((error: unknown) => error);
      await act(doomed);
      expect(await broken).toMatchObject({ code: expect.stringMatching(/^(?:UND_ERR_SOCKET|ECONNRESET)$/) });
      expect(await doomed.exited).toEqual({ code: null, signal: 'SIGKILL' });
      const killedMs = performance.now();
      await readers.more(100);
      await risesEverywhere('hit', others, HOLD_MS + RECOVERY_MS);
      await readers.more(20);
      return readers.reads.filter(({ beganAtMs }) => beganAtMs >= killedMs);
    } finally {
      await readers.stop();
    }
  }

  it(
    'leaves no other one that shows what was before',
    async () => {
      const { id } = await shop.onSale(STOCK);

      const reads = await readAround(id, async () => undefined);

      expect(new Set(reads.map(({ status, body }) => `${status} ${body?.stock}`))).toEqual(
        new Set([`200 ${STOCK - QUANTITY}`]),
      );
    },
    TEST_MS,
  );

  it(
    'leaves none that does also when the end of another change was told meanwhile',
    async () => {
      const { id } = await shop.onSale(STOCK);
      const lock = await RowLock.on(shop.fleet.adminUrl, id);

      const reads = await readAround(id, async () => {
        await lock.waitedFor(1);
        const { status } = await shop.keeper(0).change(id, '*', { name: 'A kettle that had no luck' });
        expect(status).toBe(409);
        await shop.keeper(1).product(id); // and somebody looks at it before the doomed change is committed
        await lock.release();
      }).finally(() => lock.release().catch(() => undefined));

      expect(new Set(reads.map(({ status, body }) => `${status} ${body?.stock}`))).toEqual(
        new Set([`200 ${STOCK - QUANTITY}`]),
      );
    },
    TEST_MS,
  );
});
