import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runningStore, type RunningStore } from '../support/running-store.js';
import { StoreClient, type ProductBody } from '../support/store-client.js';

describe('a read with If-None-Match', () => {
  let running: RunningStore;
  let shop: StoreClient;
  let product: ProductBody;
  beforeAll(async () => {
    running = await runningStore();
    shop = new StoreClient(running.store.url);
    const { id } = await shop.created();
    product = (await shop.change(id, '*', { name: 'At version two' })).body;
  });
  afterAll(() => running.stop());

  it.each(['"2"', 'W/"2"', '"1", "2"', 'W/"9" , W/"2"', '*'])(
    'of %s is 304, without a body, with the tag',
    async (tag) => {
      const answer = await shop.product(product.id, { 'if-none-match': tag });
      expect(answer).toMatchObject({ status: 304, body: undefined });
      expect(answer.headers.get('etag')).toBe('"2"');
    },
  );

  it.each(['"1"', '"22"', '""', 'W/"1", "3"', '"*"'])('of %s is 200, with the product', async (tag) => {
    const answer = await shop.product(product.id, { 'if-none-match': tag });
    expect(answer).toMatchObject({ status: 200, body: product });
    expect(answer.headers.get('etag')).toBe('"2"');
  });

  it.each(['2', '"2', '"1", 2', 'W/2', `"${'2'.repeat(1024)}"`])('of %s is refused', async (tag) => {
    const answer = await shop.product(product.id, { 'if-none-match': tag });
    expect(answer).toMatchObject({ status: 400, body: { code: 'platform.malformed-request' } });
    expect(answer.headers.get('etag')).toBeNull();
  });
});
