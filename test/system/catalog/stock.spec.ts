import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runningStore, type RunningStore } from '../support/running-store.js';
import { StoreClient } from '../support/store-client.js';

describe('a stock adjustment', () => {
  let running: RunningStore;
  let shop: StoreClient;
  beforeAll(async () => {
    running = await runningStore();
    shop = new StoreClient(running.store.url);
  });
  afterAll(() => running.stop());

  it('moves pieces in and out, a version each', async () => {
    const { id } = await shop.created({ stock: 5 });
    const arrived = await shop.adjust(id, 12);
    expect(arrived).toMatchObject({ status: 200, body: { stock: 17, version: 2 } });
    expect(arrived.headers.get('etag')).toBe('"2"');
    expect(await shop.adjust(id, -17)).toMatchObject({ status: 200, body: { stock: 0, version: 3 } });
  });

  it('below zero is refused with what is available, and moves nothing', async () => {
    const { id } = await shop.created({ stock: 5 });
    const refused = await shop.adjust(id, -6);
    expect(refused).toMatchObject({ status: 409, body: { code: 'catalog.insufficient-stock', available: 5 } });
    expect((await shop.product(id)).body).toMatchObject({ stock: 5, version: 1 });
  });

  it('above the limit is refused, and moves nothing', async () => {
    const { id } = await shop.created({ stock: 999_999 });
    expect(await shop.adjust(id, 2)).toMatchObject({ status: 409, body: { code: 'catalog.stock-limit-exceeded' } });
    expect(await shop.adjust(id, 1)).toMatchObject({ status: 200, body: { stock: 1_000_000 } });
  });

  it.each([0, 1.5, 1_000_001, -1_000_001, '1', null])('of %p is not valid', async (delta) => {
    const { id } = await shop.created();
    const answer = await shop.post(`/v1/products/${id}/stock-adjustments`, { delta, reason: 'Counted' });
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ pointer: '#/delta' }] } });
  });

  it('needs a reason', async () => {
    const { id } = await shop.created();
    const answer = await shop.post(`/v1/products/${id}/stock-adjustments`, { delta: 1 });
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ pointer: '#/reason' }] } });
  });
});
