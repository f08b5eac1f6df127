import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runningStore, type RunningStore } from '../support/running-store.js';
import { aNewProduct, StoreClient, type ProductBody } from '../support/store-client.js';
import { StoreProcess } from '../support/store-process.js';
import { UNCACHED } from '../support/uncached.js';

const TOGETHER = 50;

describe('requests that are repeated, over two stores on one database', () => {
  let running: RunningStore;
  let other: StoreProcess;
  let shops: readonly [StoreClient, StoreClient];
  beforeAll(async () => {
    running = await runningStore({ env: UNCACHED });
    other = await StoreProcess.start({ databaseUrl: running.databaseUrl, env: UNCACHED });
    await other.ready();
    shops = [new StoreClient(running.store.url), new StoreClient(other.url)];
  });
  afterAll(async () => {
    await other.stop();
    await running.stop();
  });

  const aKey = () => ({ 'idempotency-key': randomUUID() });
  const stockOf = async (id: string): Promise<number> => (await shops[0].product(id)).body.stock;

  it('create one product, and tell of it in the same words', async () => {
    const [key, asked] = [aKey(), aNewProduct()];
    const first = await shops[0].post<ProductBody>('/v1/products', asked, key);
    const again = await shops[1].post<ProductBody>('/v1/products', asked, key);

    expect([first.status, again.status]).toEqual([201, 201]);
    expect(again.body).toEqual(first.body);
    for (const name of ['location', 'etag', 'content-type']) {
      expect(again.headers.get(name)).toBe(first.headers.get(name));
    }
  });

  it('move stock once, however many come at once', async () => {
    const { id } = await shops[0].created({ stock: 100 });
    const [key, movement] = [aKey(), { delta: -7, reason: 'Sold' }];
    const answers = await Promise.all(
      Array.from({ length: TOGETHER }, (_, n) =>
        shops[n % 2 === 0 ? 0 : 1].post(`/v1/products/${id}/stock-adjustments`, movement, key),
      ),
    );

    expect(await stockOf(id)).toBe(93);
    const done = answers.filter(({ status }) => status === 200).map(({ body }) => body);
    const told = answers.filter(({ status }) => status === 409);
    expect(done.length + told.length).toBe(TOGETHER);
    expect(done).toEqual(done.map(() => expect.objectContaining({ id, stock: 93 })));
    expect(told.map(({ headers }) => headers.get('retry-after'))).toEqual(
      told.map(() => expect.stringMatching(/^[1-3]$/)),
    );
  });

  it('are refused as the first time, also when the refusal would not be true any more', async () => {
    const { id } = await shops[0].created({ stock: 1 });
    const take = (key: Record<string, string>) =>
      shops[1].post(`/v1/products/${id}/stock-adjustments`, { delta: -2, reason: 'Sold' }, key);
    const key = aKey();
    const refused = await take(key);
    await shops[0].adjust(id, 10);

    expect(refused).toMatchObject({ status: 409, body: { code: 'catalog.insufficient-stock', available: 1 } });
    expect(await take(key)).toMatchObject({ status: 409, body: refused.body });
    expect(await take(aKey())).toMatchObject({ status: 200 });
    expect(await stockOf(id)).toBe(9);
  });

  it('of another product under the same key are another request', async () => {
    const [one, two] = [await shops[0].created(), await shops[0].created()];
    const key = aKey();
    const movement = { delta: 1, reason: 'Counted' };

    expect(await shops[0].post(`/v1/products/${one.id}/stock-adjustments`, movement, key)).toMatchObject({
      status: 200,
    });
    expect(await shops[0].post(`/v1/products/${two.id}/stock-adjustments`, movement, key)).toMatchObject({
      status: 422,
      body: { code: 'platform.idempotency-key-reused' },
    });
  });

  it('are asked for their key', async () => {
    expect(await shops[0].post('/v1/products', aNewProduct(), { 'idempotency-key': '' })).toMatchObject({
      status: 400,
      body: { code: 'platform.idempotency-key-invalid' },
    });
  });
});
