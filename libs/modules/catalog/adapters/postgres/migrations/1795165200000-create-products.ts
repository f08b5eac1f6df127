import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Indexes: a list is read in one of three orders, forwards or backwards, of the whole shop or of one category; each of
 * these six has an index that is walked from the cursor on, whatever the depth of the page. A filter by status walks
 * the same ones (nearly all products are active, so nearly every step counts); the seventh finds the few that are not.
 * A movement of stock touches no indexed column and, with a tenth of each page kept free, stays in its page (HOT).
 *
 * Numbers are written out: a migration tells what was done then, and the code's constants may move on.
 */
export class CreateProducts1795165200000 implements MigrationInterface {
  readonly name = 'CreateProducts1795165200000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE SCHEMA IF NOT EXISTS catalog');
    await runner.query(CREATE_PRODUCTS);
    for (const [name, columns] of INDEXES) await runner.query(`CREATE INDEX ${name} ON catalog.products (${columns})`);
    await runner.query(CREATE_STOCK_ADJUSTMENTS);
    await runner.query(
      'CREATE INDEX stock_adjustments_product_idx ON catalog.stock_adjustments (product_id, adjusted_at)',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE catalog.stock_adjustments');
    await runner.query('DROP TABLE catalog.products');
    await runner.query('DROP SCHEMA catalog');
  }
}

const CREATE_PRODUCTS = `
  CREATE TABLE catalog.products (
    id uuid NOT NULL CONSTRAINT products_pkey PRIMARY KEY,
    sku varchar(40) NOT NULL CONSTRAINT products_sku_key UNIQUE,
    name varchar(200) COLLATE "C" NOT NULL,
    description varchar(2000) NOT NULL,
    category varchar(60) NOT NULL,
    price_amount bigint NOT NULL,
    price_currency varchar(3) NOT NULL,
    stock integer NOT NULL,
    status varchar(12) NOT NULL,
    version integer NOT NULL,
    created_at timestamptz(3) NOT NULL,
    updated_at timestamptz(3) NOT NULL,
    CONSTRAINT products_price_amount_check CHECK (price_amount BETWEEN 0 AND 1000000000000),
    CONSTRAINT products_price_currency_check CHECK (price_currency ~ '^[A-Z]{3}$'),
    CONSTRAINT products_stock_check CHECK (stock BETWEEN 0 AND 1000000),
    CONSTRAINT products_status_check CHECK (status IN ('draft', 'active', 'discontinued')),
    CONSTRAINT products_active_has_price_check CHECK (status <> 'active' OR price_amount > 0),
    CONSTRAINT products_version_check CHECK (version >= 1)
  ) WITH (fillfactor = 90)`;

const INDEXES = [
  ['products_created_at_idx', 'created_at, id'],
  ['products_name_idx', 'name, id'],
  ['products_price_idx', 'price_amount, id'],
  ['products_category_created_at_idx', 'category, created_at, id'],
  ['products_category_name_idx', 'category, name, id'],
  ['products_category_price_idx', 'category, price_amount, id'],
  ['products_status_created_at_idx', 'status, created_at, id'],
] as const;

const CREATE_STOCK_ADJUSTMENTS = `
  CREATE TABLE catalog.stock_adjustments (
    id uuid NOT NULL CONSTRAINT stock_adjustments_pkey PRIMARY KEY,
    product_id uuid NOT NULL,
    delta integer NOT NULL,
    reason varchar(200) NOT NULL,
    stock_after integer NOT NULL,
    adjusted_at timestamptz(3) NOT NULL,
    CONSTRAINT stock_adjustments_delta_check CHECK (delta <> 0),
    CONSTRAINT stock_adjustments_stock_after_check CHECK (stock_after BETWEEN 0 AND 1000000)
  )`;
