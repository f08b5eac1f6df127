import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  createTestDatabase,
  schemaDrift,
  withConnection,
  withMigrationRunner,
  type TestDatabase,
} from '#platform/testing';
import { aProduct } from '../../testing/product.builder.js';
import { productRepositoryContract } from '../../testing/product.repository.contract.js';
import { anAdjustment } from '../../testing/product-stock.contract.js';
import { CreateProducts1795165200000 } from './migrations/1795165200000-create-products.js';
import { AddUnitsSold1795381260000 } from './migrations/1795381260000-add-units-sold.js';
import { AddAdjustedBy1795610400000 } from './migrations/1795610400000-add-adjusted-by.js';
import { IndexBestsellers1795381320000 } from './migrations/1795381320000-index-bestsellers.js';
import { PostgresProductRepository } from './postgres-product.repository.js';
import { ProductRow } from './product.row.js';
import { BESTSELLERS } from './product.statements.js';
import { StockAdjustmentRow } from './stock-adjustment.row.js';

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
