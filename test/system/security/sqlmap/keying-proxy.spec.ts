import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runningStore, type RunningStore } from '../../support/running-store.js';
import { aNewProduct, StoreClient } from '../../support/store-client.js';
import { keyingProxy, type KeyingProxy } from './keying-proxy.js';

describe('the way to a store that gives each request a key of its own', () => {
  let running: RunningStore;
  let keyed: KeyingProxy;
  beforeAll(async () => {
    running = await runningStore();
    keyed = await keyingProxy(running.store.url);
  });
  afterAll(async () => {
    await keyed.close();
    await running.stop();
  });

  it('lets each be carried out, though all bring the same key', async () => {
    const { id } = await new StoreClient(running.store.url).created({ stock: 5 });
    const proxied = new StoreClient(keyed.url);
    const take = () =>
      proxied.post(
        `/v1/products/${id}/stock-adjustments`,
        { delta: -2, reason: 'Sold' },
        { 'idempotency-key': 'same' },
      );

    expect([await take(), await take(), await take()].map(({ status }) => status)).toEqual([200, 200, 409]);
    expect(await proxied.post('/v1/products', aNewProduct())).toMatchObject({ status: 201 });
    expect((await proxied.product(id)).body.stock).toBe(1);
  });
});
