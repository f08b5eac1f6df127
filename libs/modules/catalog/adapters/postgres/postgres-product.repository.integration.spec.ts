import { join } from 'node:path';
import { AsyncLocalStorage } from 'node:async_hooks';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  createTestDatabase,
  schemaDrift,
  withConnection,
  withMigrationRunner,
  type TestDatabase,
} from '#platform/testing';
import type { Product } from '../../domain/product.js';
import { STOCK_MAX } from '../../domain/product.state.js';
import { aProduct } from '../../testing/product.builder.js';
import { productRepositoryContract } from '../../testing/product.repository.contract.js';
import { aBooking } from '../../testing/product-booking.contract.js';
import { anAdjustment } from '../../testing/product-stock.contract.js';
import { CreateProducts1795165200000 } from './migrations/1795165200000-create-products.js';
import { AddUnitsSold1795381260000 } from './migrations/1795381260000-add-units-sold.js';
import { AddAdjustedBy1795610400000 } from './migrations/1795610400000-add-adjusted-by.js';
import { IndexBestsellers1795381320000 } from './migrations/1795381320000-index-bestsellers.js';
import { PostgresProductRepository } from './postgres-product.repository.js';
import { ProductRow } from './product.row.js';
import { BESTSELLERS } from './product.statements.js';
import { StockAdjustmentRow } from './stock-adjustment.row.js';

/** Outside of the transaction that is begun later: what is captured here is a context without one. */
const apart = AsyncLocalStorage.snapshot();

describe('PostgresProductRepository', () => {
  let database: TestDatabase;
  let products: PostgresProductRepository;

  beforeAll(async () => {
    database = await createTestDatabase({
      migrations: [join(import.meta.dirname, 'migrations')],
      entities: [ProductRow, StockAdjustmentRow],
    });
    products = new PostgresProductRepository(database.postgres);
  });
  afterAll(() => database.drop());

  const asOwner = (sql: string) => withConnection(database.migratorUrl, (client) => client.query(sql));

  productRepositoryContract(async () => {
    await asOwner('TRUNCATE catalog.products, catalog.stock_adjustments');
    return products;
  });

  describe('the book of stock', () => {
    const linesOf = (productId: string): Promise<StockAdjustmentRow[]> =>
      database.dataSource.getRepository(StockAdjustmentRow).findBy({ product_id: productId });

    it('has a line for each movement, field for field', async () => {
      const product = aProduct({ stock: 17 });
      await products.add(product);
      const adjustment = anAdjustment({ productId: product.id, delta: -3 });

      await products.adjustStock(adjustment);

      expect(await linesOf(product.id)).toEqual([
        {
          id: adjustment.id,
          product_id: product.id,
          delta: -3,
          reason: adjustment.reason,
          stock_after: 14,
          adjusted_at: adjustment.adjustedAt,
          adjusted_by: 'storekeeper-7',
        },
      ]);
    });

    it('has none for a movement that was refused', async () => {
      const product = aProduct({ stock: 1 });
      await products.add(product);

      await products.adjustStock(anAdjustment({ productId: product.id, delta: -2 }));

      expect(await linesOf(product.id)).toEqual([]);
    });

    it('leaves the stock as it was when the line cannot be written', async () => {
      const product = aProduct({ stock: 17 });
      await products.add(product);
      const adjustment = anAdjustment({ productId: product.id });
      await products.adjustStock(adjustment);

      await expect(products.adjustStock(adjustment)).rejects.toThrow('stock_adjustments_pkey');

      expect(await products.find(product.id)).toMatchObject({ stock: 15 });
    });
  });

  describe('the book of stock, when pieces of several products move at once', () => {
    const bookOf = async (...movements: readonly { id: string }[]) => {
      const lines = await database.dataSource.getRepository(StockAdjustmentRow).find();
      return movements.map(({ id }) => lines.find((line) => line.id === id));
    };

    it('has a line for each product, field for field', async () => {
      const [kettle, mug] = [aProduct({ stock: 17 }), aProduct({ stock: 9 })];
      for (const product of [kettle, mug]) await products.add(product);
      const [taking, returning] = [aBooking([kettle, 3], [mug, 9]), aBooking([mug, 2])];

      await products.reserve(taking);
      await products.giveBack(returning);

      const line = (product_id: string, delta: number, stock_after: number) => ({
        id: expect.any(String),
        product_id,
        delta,
        stock_after,
        reason: 'Order 4711 placed',
        adjusted_at: taking.bookedAt,
        adjusted_by: 'customer-9',
      });
      expect(await bookOf(...taking.lines, ...returning.lines)).toEqual([
        line(kettle.id, -3, 14),
        line(mug.id, -9, 0),
        line(mug.id, 2, 2),
      ]);
    });

    it('has none for a booking that was refused', async () => {
      const [kettle, mug] = [aProduct({ stock: 17 }), aProduct({ stock: 9 })];
      for (const product of [kettle, mug]) await products.add(product);
      const refused = aBooking([kettle, 3], [mug, 10]);

      await products.reserve(refused);

      expect(await bookOf(...refused.lines)).toEqual([undefined, undefined]);
    });
  });

  describe('reservations inside of transactions that go on', () => {
    const ROUNDS = 5;

    it('of crossing pairs of products never wait in a circle, and sell no piece twice', async () => {
      const shelf = Array.from({ length: 4 }, (_, n) => aProduct({ name: `product ${n}`, stock: 20, version: 1 }));
      for (const product of shelf) await products.add(product);
      const pairs = shelf.flatMap((one) =>
        shelf.filter((other) => other !== one).map((other) => [one, other] as const),
      );
      const taken = new Map(shelf.map(({ id }) => [id, 0]));
      const place = ([one, other]: readonly [Product, Product]): Promise<void> =>
        database.postgres.inTransaction(async () => {
          const { booked } = await products.reserve(aBooking([one, 1], [other, 1]));
          for (const { id } of booked ? [one, other] : []) taken.set(id, (taken.get(id) ?? 0) + 1);
          await products.find(one.id); // the locks are held for another round trip
        });

      await Promise.all(Array.from({ length: ROUNDS }, () => pairs.map(place)).flat());

      for (const { id } of shelf) {
        const sold = taken.get(id) ?? 0;
        expect(await products.find(id)).toMatchObject({ stock: 20 - sold, version: 1 + sold });
      }
      expect(Math.max(...taken.values())).toBe(20);
    });
  });

  describe('a booking that waits for another one', () => {
    /** Resolves when a statement waits for a lock of another. */
    const waiting = (): Promise<void> =>
      withConnection(database.url, async (admin) => {
        for (let waits = 0; waits === 0;) {
          const { rows } = await admin.query<{ waits: number }>(
            `SELECT count(*)::integer AS waits FROM pg_stat_activity
             WHERE datname = current_database() AND wait_event_type = 'Lock'`,
          );
          waits = rows[0]?.waits ?? 0;
        }
      });

    it.each([
      ['takes pieces that came back', 'reserve', 'giveBack', { before: 1, after: 0 }],
      ['puts pieces where others have left', 'giveBack', 'reserve', { before: STOCK_MAX - 1, after: STOCK_MAX }],
    ] as const)('%s while it waited, as if they had always been so', async (_what, verb, other, { before, after }) => {
      const product = aProduct({ stock: before, version: 1 });
      await products.add(product);

      const [waited] = await database.postgres.inTransaction(async () => {
        await products[other](aBooking([product, 2]));
        const second = apart(() => products[verb](aBooking([product, 3])));
        await waiting();
        return [second] as const;
      });

      expect(await waited).toMatchObject({ booked: true, products: [{ version: 2 }] });
      expect(await products.find(product.id)).toMatchObject({ stock: after, version: 3 });
    });
  });

  describe('the schema', () => {
    it('is what the rows say it is', async () => {
      expect(await schemaDrift(database.dataSource)).toEqual([]);
    });

    it.each([
      ['products_stock_check', 'stock = -1'],
      ['products_stock_check', 'stock = 1000001'],
      ['products_price_amount_check', `status = 'draft', price_amount = -1`],
      ['products_price_amount_check', 'price_amount = 1000000000001'],
      ['products_price_currency_check', `price_currency = 'eur'`],
      ['products_status_check', `status = 'sold'`],
      ['products_active_has_price_check', 'price_amount = 0'],
      ['products_version_check', 'version = 0'],
    ])('refuses, by %s, to set %s', async (constraint, assignment) => {
      const product = aProduct({ status: 'active' });
      await products.add(product);

      const attempt = withConnection(database.serviceUrl, (client) =>
        client.query(`UPDATE catalog.products SET ${assignment} WHERE id = $1`, [product.id]),
      );

      await expect(attempt).rejects.toMatchObject({ constraint });
    });

    it('goes, and comes back, by its migrations', async () => {
      const migrations = [
        new CreateProducts1795165200000(),
        new AddUnitsSold1795381260000(),
        new IndexBestsellers1795381320000(),
        new AddAdjustedBy1795610400000(),
      ];
      await withMigrationRunner(database, async (runner) => {
        for (const migration of migrations.toReversed()) await migration.down(runner);
        for (const migration of migrations) await migration.up(runner);
      });

      expect(await schemaDrift(database.dataSource)).toEqual([]);
    });
  });

  it('reads bestsellers along their index, without a sort', async () => {
    await asOwner('TRUNCATE catalog.products');
    await database.dataSource.query(`
      INSERT INTO catalog.products
      SELECT gen_random_uuid(), 'SKU-' || n, 'name', '', 'category-' || n % 10, 100, 'EUR', 1, 'active', 1,
        now(), now(), n
      FROM generate_series(1, 5000) AS n`);
    await asOwner('ANALYZE catalog.products');

    const plan: object[] = await database.dataSource.query(`EXPLAIN ${BESTSELLERS.text}`, ['category-1', 9]);

    expect(JSON.stringify(plan)).toContain('products_bestsellers_idx');
    expect(JSON.stringify(plan)).not.toContain('Sort');
  });
});
