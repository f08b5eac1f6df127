import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '#kernel/id';
import {
  createTestDatabase,
  schemaDrift,
  withConnection,
  withMigrationRunner,
  type TestDatabase,
} from '#platform/testing';
import { anOrder } from '../../testing/order.builder.js';
import { orderRepositoryContract } from '../../testing/order.repository.contract.js';
import { CreateOrders1795700000000 } from './migrations/1795700000000-create-orders.js';
import { OrderLineRow } from './order-line.row.js';
import { OrderRow } from './order.row.js';
import { listStatement } from './order.statements.js';
import { PostgresOrderRepository } from './postgres-order.repository.js';

describe('PostgresOrderRepository', () => {
  let database: TestDatabase;
  let orders: PostgresOrderRepository;

  beforeAll(async () => {
    database = await createTestDatabase({
      migrations: [join(import.meta.dirname, 'migrations')],
      entities: [OrderRow, OrderLineRow],
    });
    orders = new PostgresOrderRepository(database.postgres);
  });
  afterAll(() => database.drop());

  const asOwner = (sql: string) => withConnection(database.migratorUrl, (client) => client.query(sql));

  orderRepositoryContract(async () => {
    await asOwner('TRUNCATE orders.orders, orders.order_lines');
    return orders;
  });

  it('lets one at a time find an order for a change, and shows the next one what became of it', async () => {
    const order = anOrder({ status: 'placed', version: 1 });
    await orders.add(order);
    const cancelledAt = new Date('2026-03-01T00:00:00.001Z');
    const cancel = (): Promise<boolean> =>
      database.postgres.inTransaction(async () => {
        const found = await orders.findForChange(order.id, order.customerId);
        if (found?.status !== 'placed') return false;
        await orders.save(found.cancel(cancelledAt));
        return true;
      });

    const done = await Promise.all(Array.from({ length: 8 }, cancel));

    expect(done.filter((first) => first)).toHaveLength(1);
    expect(await orders.find(order.id, order.customerId)).toMatchObject({ status: 'cancelled', version: 2 });
  });

  it('reads a list along its index, without a sort', async () => {
    await asOwner('TRUNCATE orders.orders, orders.order_lines');
    await database.dataSource.query(`
      INSERT INTO orders.orders
      SELECT gen_random_uuid(), 'customer-' || n % 50, 'placed', 100, 'EUR', 1, now() - n * interval '1 minute', NULL
      FROM generate_series(1, 5000) AS n`);
    await asOwner('ANALYZE orders.orders');

    for (const [byStatus, values] of [
      [false, ['customer-1', '2026-01-01', newId(), 21]],
      [true, ['customer-1', 'placed', '2026-01-01', newId(), 21]],
    ] as const) {
      const { text } = listStatement(byStatus, true);
      const plan: object[] = await database.dataSource.query(`EXPLAIN ${text}`, [...values]);

      expect(JSON.stringify(plan)).toContain('Index Scan Backward using orders_customer_idx');
      // The lines of one order are sorted by their place; the orders never are.
      expect(JSON.stringify(plan)).not.toMatch(/Sort Key: orders/);
    }
  });

  describe('the schema', () => {
    it('is what the rows say it is', async () => {
      expect(await schemaDrift(database.dataSource)).toEqual([]);
    });

    it.each([
      ['orders_status_check', 'orders', `status = 'sent', cancelled_at = NULL`],
      ['orders_total_amount_check', 'orders', 'total_amount = -1'],
      ['orders_total_amount_check', 'orders', 'total_amount = 1000000000001'],
      ['orders_currency_check', 'orders', `currency = 'eur'`],
      ['orders_version_check', 'orders', 'version = 0'],
      ['orders_cancelled_check', 'orders', 'cancelled_at = NULL'],
      ['orders_cancelled_check', 'orders', `status = 'placed'`],
      ['order_lines_position_check', 'order_lines', 'position = 50'],
      ['order_lines_quantity_check', 'order_lines', 'quantity = 0'],
      ['order_lines_quantity_check', 'order_lines', 'quantity = 1001'],
      ['order_lines_unit_amount_check', 'order_lines', 'unit_amount = -1'],
      ['order_lines_pkey', 'order_lines', `product_id = '00000000-0000-8000-8000-00000000000f'`],
      ['order_lines_order_fkey', 'order_lines', 'order_id = gen_random_uuid()'],
    ])('refuses, by %s, to set in %s %s', async (constraint, table, assignment) => {
      const order = anOrder({ status: 'cancelled' });
      await orders.add(order);
      const key = table === 'orders' ? 'id' : 'order_id';

      const attempt = withConnection(database.serviceUrl, (client) =>
        client.query(`UPDATE orders.${table} SET ${assignment} WHERE ${key} = $1`, [order.id]),
      );

      await expect(attempt).rejects.toMatchObject({ constraint });
    });

    it('goes, and comes back, by its migrations', async () => {
      const migration = new CreateOrders1795700000000();
      await withMigrationRunner(database, async (runner) => {
        await migration.down(runner);
        await migration.up(runner);
      });

      expect(await schemaDrift(database.dataSource)).toEqual([]);
    });
  });
});
