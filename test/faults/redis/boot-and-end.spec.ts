import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import { describeWith, REDIS_SERVER, SLACK_MS } from '#platform/testing';
import { RawConnection } from '../../system/support/raw-connection.js';
import { refused } from '../../system/support/refused.js';
import { requestBytes } from '../../system/support/request-bytes.js';
import { RowLock } from '../../system/support/row-lock.js';
import { StoreClient } from '../../system/support/store-client.js';
import { CROWDED } from '../orders/support/fleet.js';
import { BackendWatch } from '../support/probes/backends.js';
import { RECOVERY_MS, TEST_MS } from './bounds.js';
import { figuresOf, risesEverywhere } from './support/figures.js';
import { crowd, Readers } from './support/readers.js';
import { SharedShop } from './support/shared-shop.js';

const CLIENTS = 50;
/** What a process takes to end when nothing holds it up any more. */
const END_MS = 3_000 + SLACK_MS;

describeWith(REDIS_SERVER, 'a store with a shared cache', () => {
  let shop: SharedShop;

  beforeAll(async () => {
    shop = await SharedShop.open({ stores: 1, products: 1, env: CROWDED });
  }, TEST_MS);
  afterEach(() => shop.expectSound());
  afterAll(() => shop?.close());

  const theProduct = (): string => shop.shelf.ids[0] ?? '';

  it.each<[string, () => void | Promise<void>, () => void | Promise<void>]>([
    ['is absent', () => shop.redis.stop(), () => shop.redis.restart()],
    ['is stopped', () => shop.redis.pause(), () => shop.redis.resume()],
  ])(
    'starts and serves when its Redis %s, and uses it as soon as it is there',
    async (_what, away, back) => {
      await away();
      const started = await shop.join();
      const readers = Readers.start({ storeUrls: [started.url], productIds: [theProduct()], count: 4 });
      try {
        await readers.more(50);
        expect((await figuresOf(started)).reads).toMatchObject({ hit: 0 });
      } finally {
        await back();
      }
      await risesEverywhere('hit', [started], RECOVERY_MS);
      await readers.stop();

      expect(shop.shelf.faultsIn(readers.reads)).toEqual([]);
    },
    TEST_MS,
  );

  it('ends the load of those who have all gone, on the server too, and not that of those who stay', async () => {
    const { id } = await shop.onSale();
    const url = shop.storeUrls[0] ?? '';
    const backends = await BackendWatch.on(shop.fleet.adminUrl);
    const lock = await RowLock.onTable(shop.fleet.adminUrl, 'catalog.products');
    try {
      const look = requestBytes({ method: 'GET', path: `/v1/products/${id}` });
      const clients = await Promise.all(Array.from({ length: CLIENTS }, () => RawConnection.to(url)));
      for (const client of clients) client.send(look);
      await shop.fleet.inFlight(CLIENTS);
      await backends.blocked(1);

      for (const client of clients.slice(1)) client.reset();
      await shop.fleet.inFlight(1);
      await backends.blocked(1);

      clients[0]?.reset();
      await backends.quiet(2_000 + SLACK_MS);
    } finally {
      await lock.release();
      await backends.stop();
    }
    expect(shop.shelf.faultsIn(await crowd([url], id, CLIENTS))).toEqual([]);
  });

  it('answers those who wait for a load when it is told to end, and ends with 0', async () => {
    const { id } = await shop.onSale();
    const ending = await shop.join();
    const lock = await RowLock.onTable(shop.fleet.adminUrl, 'catalog.products');
    const reading = crowd([ending.url], id, CLIENTS);
    await shop.fleet.inFlight(CLIENTS);

    ending.signal('SIGTERM');
    await refused(ending.url);
    await lock.release();
    const releasedMs = performance.now();

    expect(shop.shelf.faultsIn(await reading)).toEqual([]);
    expect(await ending.exited).toEqual({ code: 0, signal: null });
    expect(performance.now() - releasedMs).toBeLessThan(END_MS);
  });

  it('ends with 0 in time while its Redis is in a black hole, and changes wait to be told', async () => {
    const ending = await shop.join();
    const proxy = shop.proxies.at(-1);
    await new StoreClient(ending.url).product(theProduct());
    proxy?.blackHole();
    const { status, body } = await new StoreClient(ending.url).change(theProduct(), '*', { name: 'Untold' });
    expect(status).toBe(200);
    shop.shelf.learn(body);
    expect((await figuresOf(ending)).pendingInvalidations).toBe(1);

    ending.signal('SIGTERM');
    const toldMs = performance.now();

    expect(await ending.exited).toEqual({ code: 0, signal: null });
    expect(performance.now() - toldMs).toBeLessThan(END_MS);
  });
});
