import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '#platform/testing';
import { OrdersService } from '../../testing/orders.service.js';
import type { OrderResponse } from './order.response.js';

interface BookLine {
  readonly delta: number;
  readonly reason: string;
  readonly adjusted_by: string;
  readonly stock_after: number;
}

describe('orders on Postgres', () => {
  let database: TestDatabase;
  let service: OrdersService;
  beforeAll(async () => {
    database = await createTestDatabase();
    service = await OrdersService.started({ DATABASE_URL: database.serviceUrl });
  });
  afterAll(async () => {
    await service.close();
    await database.drop();
  });

  const place = (...lines: readonly (readonly [productId: string, quantity: number])[]) =>
    service.as<OrderResponse>('customer-9', 'POST', '/v1/orders', {
      lines: lines.map(([productId, quantity]) => ({ productId, quantity })),
    });
  const cancel = (id: string) => service.as<OrderResponse>('customer-9', 'POST', `/v1/orders/${id}/cancel`);
  const bookOf = (productId: string): Promise<BookLine[]> =>
    database.dataSource.query(
      `SELECT delta, reason, adjusted_by, stock_after FROM catalog.stock_adjustments
       WHERE product_id = $1 ORDER BY adjusted_at, id`,
      [productId],
    );

  it('are in the book of stock, with what it was for and who asked for it', async () => {
    const kettle = await service.onSale({ stock: 17 });

    const { body: order } = await place([kettle, 3]);
    await cancel(order.id);

    expect(await bookOf(kettle)).toEqual([
      { delta: -3, reason: `Order ${order.id} placed`, adjusted_by: 'customer-9', stock_after: 14 },
      { delta: 3, reason: `Order ${order.id} cancelled`, adjusted_by: 'customer-9', stock_after: 17 },
    ]);
  });

  it('leave no trace in either module when their prices rule them out', async () => {
    const krona = await service.onSale({ stock: 5, price: { amount: 100, currency: 'SEK' } });
    const kettle = await service.onSale({ stock: 17 });

    expect((await place([kettle, 1], [krona, 1])).body).toMatchObject({ code: 'orders.mixed-currencies' });

    expect([await service.stockOf(krona), await service.stockOf(kettle)]).toEqual([5, 17]);
    expect([await bookOf(krona), await bookOf(kettle)]).toEqual([[], []]);
  });

  it('are cancelled once, when many cancel one at once', async () => {
    const kettle = await service.onSale({ stock: 17 });
    const { body: order } = await place([kettle, 3]);

    const answers = await Promise.all(Array.from({ length: 12 }, () => cancel(order.id)));

    expect(new Set(answers.map(({ status, headers }) => `${status} ${headers.etag}`))).toEqual(new Set(['200 "2"']));
    expect(await service.stockOf(kettle)).toBe(17);
    expect(await bookOf(kettle)).toHaveLength(2);
  });
});
