import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { withConnection } from '#platform/testing';
import { OrderClient } from '../support/order-client.js';
import { runningStore, type RunningStore } from '../support/running-store.js';
import { aNewProduct, StoreClient } from '../support/store-client.js';
import { customer } from '../support/tokens.js';
import { hostileText } from './hostile-text.js';

const RUNS = 150;
const EVERYTHING = `SELECT count(*)::int AS count, md5(string_agg(products::text, '|' ORDER BY id)) AS digest
  FROM catalog.products WHERE NOT (id = ANY ($1)) AND sku NOT LIKE 'PROBE-%'`;

const SAME_REASON = 'SELECT DISTINCT reason FROM catalog.stock_adjustments WHERE product_id = $1 AND reason = $2';

describe('a text that would be SQL', () => {
  let running: RunningStore;
  let client: StoreClient;
  let id: string;
  let others: unknown;
  let made = 0;

  const otherRows = (): Promise<unknown> =>
    withConnection(running.databaseUrl, async (connection) => {
      const { rows } = await connection.query<{ count: number; digest: string }>(EVERYTHING, [[id]]);
      return rows;
    });

  beforeAll(async () => {
    running = await runningStore({ seeded: true });
    client = new StoreClient(running.store.url);
    ({ id } = await client.created());
    others = await otherRows();
  });
  afterAll(() => running.stop());

  /** Demands for any such text that `request` is answered as it should be, and that nobody else's row has changed. */
  async function expectHarmless(request: (text: string) => Promise<void>): Promise<void> {
    await fc.assert(fc.asyncProperty(hostileText, request), { numRuns: RUNS });
    expect(await otherRows()).toEqual(others);
  }

  it.each(['category', 'status', 'sort', 'limit', 'cursor'])('is refused as %s of a list', async (name) => {
    await expectHarmless(async (text) => {
      expect((await client.page({ [name]: text })).status).toBe(400);
    });
  });

  it('is refused as a parameter of a product, and as its id', async () => {
    await expectHarmless(async (text) => {
      expect((await client.get(`/v1/products/${id}?include=${encodeURIComponent(text)}`)).status).toBe(400);
      expect([400, 414]).toContain((await client.get(`/v1/products/${id}${encodeURIComponent(text)}`)).status);
    });
  });

  it.each(['sku', 'category', 'stock'])('is refused as %s of a product', async (field) => {
    await expectHarmless(async (text) => {
      expect((await client.create({ sku: `PROBE-${(made += 1)}`, [field]: text })).status).toBe(400);
    });
  });

  it.each(['amount', 'currency'])('is refused as %s of a price', async (field) => {
    await expectHarmless(async (text) => {
      const { price } = aNewProduct();
      expect((await client.change(id, '*', { price: { ...price, [field]: text } })).status).toBe(400);
    });
  });

  it('is refused as the number of pieces of a movement', async () => {
    await expectHarmless(async (text) => {
      const answer = await client.post(`/v1/products/${id}/stock-adjustments`, { delta: text, reason: 'Counted' });
      expect(answer.status).toBe(400);
    });
  });

  it.each(['productId', 'quantity'])('is refused as %s of an order', async (field) => {
    await expectHarmless(async (text) => {
      const line = { productId: id, quantity: 1, [field]: text };
      const answer = await client.post('/v1/orders', { lines: [line] }, { authorization: customer('customer-9') });
      expect(answer.status).toBe(400);
    });
  });

  it.each(['status', 'limit', 'cursor'])('is refused as %s of a list of orders', async (name) => {
    const buyer = new OrderClient(running.store.url, 'customer-9');
    await expectHarmless(async (text) => {
      expect((await buyer.page({ [name]: text })).status).toBe(400);
    });
  });

  it('is refused as the id of an order', async () => {
    const buyer = new OrderClient(running.store.url, 'customer-9');
    await expectHarmless(async (text) => {
      expect([400, 414]).toContain((await buyer.order(`${id}${encodeURIComponent(text)}`)).status);
    });
  });

  it('is a name and a description like any other, letter for letter', async () => {
    await expectHarmless(async (text) => {
      const created = await client.created({ sku: `PROBE-${(made += 1)}`, name: text, description: text });
      expect((await client.product(created.id)).body).toMatchObject({ name: text, description: text });
      expect((await client.change(id, '*', { name: text })).body).toMatchObject({ name: text });
    });
  });

  it('is the reason of a movement like any other, letter for letter', async () => {
    await expectHarmless(async (text) => {
      expect((await client.adjust(id, 1, text)).status).toBe(200);
      const { rows } = await withConnection(running.databaseUrl, (connection) =>
        connection.query(SAME_REASON, [id, text]),
      );
      expect(rows).toEqual([{ reason: text }]);
    });
  });
});
