import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Orders are asked for by their id, or listed for one customer from the newest on: the one index besides the key is
 * walked backwards, from the cursor on. A cancellation touches no indexed column and, with a tenth of each page kept
 * free, stays in its page (HOT). Lines have one key, which also keeps a product from being there twice.
 *
 * Numbers are written out: a migration tells what was done then, and the code's constants may move on.
 */
export class CreateOrders1795700000000 implements MigrationInterface {
  readonly name = 'CreateOrders1795700000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE SCHEMA IF NOT EXISTS orders');
    await runner.query(CREATE_ORDERS);
    await runner.query('CREATE INDEX orders_customer_idx ON orders.orders (customer_id, placed_at, id)');
    await runner.query(CREATE_ORDER_LINES);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE orders.order_lines');
    await runner.query('DROP TABLE orders.orders');
    await runner.query('DROP SCHEMA orders');
  }
}

const CREATE_ORDERS = `
  CREATE TABLE orders.orders (
    id uuid NOT NULL CONSTRAINT orders_pkey PRIMARY KEY,
    customer_id varchar(255) NOT NULL,
    status varchar(12) NOT NULL,
    total_amount bigint NOT NULL,
    currency varchar(3) NOT NULL,
    version integer NOT NULL,
    placed_at timestamptz(3) NOT NULL,
    cancelled_at timestamptz(3),
    CONSTRAINT orders_status_check CHECK (status IN ('placed', 'cancelled')),
    CONSTRAINT orders_total_amount_check CHECK (total_amount BETWEEN 0 AND 1000000000000),
    CONSTRAINT orders_currency_check CHECK (currency ~ '^[A-Z]{3}$'),
    CONSTRAINT orders_version_check CHECK (version >= 1),
    CONSTRAINT orders_cancelled_check CHECK ((status = 'cancelled') = (cancelled_at IS NOT NULL))
  ) WITH (fillfactor = 90)`;

const CREATE_ORDER_LINES = `
  CREATE TABLE orders.order_lines (
    order_id uuid NOT NULL CONSTRAINT order_lines_order_fkey REFERENCES orders.orders (id),
    product_id uuid NOT NULL,
    position smallint NOT NULL,
    quantity integer NOT NULL,
    unit_amount bigint NOT NULL,
    CONSTRAINT order_lines_pkey PRIMARY KEY (order_id, product_id),
    CONSTRAINT order_lines_position_check CHECK (position BETWEEN 0 AND 49),
    CONSTRAINT order_lines_quantity_check CHECK (quantity BETWEEN 1 AND 1000),
    CONSTRAINT order_lines_unit_amount_check CHECK (unit_amount BETWEEN 0 AND 1000000000000)
  )`;
