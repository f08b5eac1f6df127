import type { Statement } from '#platform/postgres';
import { STOCK_MAX } from '../../domain/product.state.js';

/** Every column, by name: a column that a later migration adds reaches no reader that doesn't know it. */
export const PRODUCT_COLUMNS =
  'id, sku, name, description, category, price_amount, price_currency, stock, status, version, created_at, updated_at';

export const FIND_PRODUCT = {
  name: 'catalog.find-product',
  text: `SELECT ${PRODUCT_COLUMNS} FROM catalog.products WHERE id = $1`,
};

/**
 * A taken SKU adds no row instead of raising an error, so that a transaction around it remains usable. No constraint is
 * named: of two that add the very same product at once, the second would meet the primary key first.
 */
export const ADD_PRODUCT = {
  name: 'catalog.add-product',
  text: `
    INSERT INTO catalog.products (${PRODUCT_COLUMNS})
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
    ON CONFLICT DO NOTHING`,
};

export const SAVE_PRODUCT = {
  name: 'catalog.save-product',
  text: `
    UPDATE catalog.products
    SET name = $3, description = $4, category = $5, price_amount = $6, price_currency = $7,
        stock = $8, status = $9, version = $10, updated_at = $11
    WHERE id = $1 AND version = $2`,
};

/**
 * The movement and its line in the book, in one statement and so in one transaction. The sum is made in 64 bits: it
 * can't run over, whatever the delta.
 */
export const ADJUST_STOCK = {
  name: 'catalog.adjust-stock',
  text: `
    WITH adjusted AS (
      UPDATE catalog.products
      SET stock = stock + $2::bigint, version = version + 1, updated_at = $3
      WHERE id = $1 AND status <> 'discontinued' AND stock + $2::bigint BETWEEN 0 AND ${STOCK_MAX}
      RETURNING ${PRODUCT_COLUMNS}
    ), booked AS (
      INSERT INTO catalog.stock_adjustments (id, product_id, delta, reason, stock_after, adjusted_at, adjusted_by)
      SELECT $4::uuid, id, $2::bigint, $5::varchar, stock, updated_at, $6::varchar FROM adjusted
    )
    SELECT ${PRODUCT_COLUMNS} FROM adjusted`,
};

/** No staleness is tolerated: what is found is kept as the latest. */
export const FIND_PRODUCTS = {
  name: 'catalog.find-products',
  text: `SELECT ${PRODUCT_COLUMNS} FROM catalog.products WHERE id = ANY ($1::uuid[])`,
};

export const FIND_ACTIVE_PRODUCTS: Statement = {
  name: 'catalog.find-active-products',
  text: `SELECT ${PRODUCT_COLUMNS} FROM catalog.products WHERE id = ANY ($1::uuid[]) AND status = 'active'`,
  consistency: 'bounded-staleness',
};

export const BESTSELLERS: Statement = {
  name: 'catalog.bestsellers',
  text: `
    SELECT ${PRODUCT_COLUMNS} FROM catalog.products
    WHERE category = $1 AND status = 'active'
    ORDER BY units_sold DESC, id
    LIMIT $2`,
  consistency: 'bounded-staleness',
};

/** Rows are locked in the order of their ids: of two that count the same products at once, one waits for the other. */
export const ADD_UNITS_SOLD = {
  name: 'catalog.add-units-sold',
  text: `
    WITH sold AS (
      SELECT id, sum(units) AS units FROM unnest($1::uuid[], $2::bigint[]) AS sale (id, units) GROUP BY id
    ), locked AS (
      SELECT id, sold.units FROM catalog.products JOIN sold USING (id)
      ORDER BY id FOR NO KEY UPDATE OF products
    )
    UPDATE catalog.products SET units_sold = units_sold + locked.units FROM locked WHERE products.id = locked.id`,
};
