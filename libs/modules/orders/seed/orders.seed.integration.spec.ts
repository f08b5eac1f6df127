import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runSeeds } from '#platform/seeding';
import { createTestDatabase, type TestDatabase } from '#platform/testing';
import { OrdersService } from '../testing/orders.service.js';
import { OrdersSeed } from './orders.seed.js';
import { SAMPLE_ORDERS } from './sample-orders.js';

describe('OrdersSeed on Postgres', () => {
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

  it('adds each order once when it runs twice at once, and moves no stock', async () => {
    await runSeeds(service.app, () => undefined);
    await database.dataSource.query('DELETE FROM orders.order_lines');
    await database.dataSource.query('DELETE FROM orders.orders');
    const seed = service.app.get(OrdersSeed, { strict: false });

    const [one, other] = await Promise.all([seed.run(), seed.run()]);
    const later = await seed.run();

    expect(one.added + other.added).toBe(SAMPLE_ORDERS);
    expect(later).toEqual({ total: SAMPLE_ORDERS, added: 0 });
    expect(await database.dataSource.query('SELECT 1 FROM catalog.stock_adjustments')).toEqual([]);
  });
});
