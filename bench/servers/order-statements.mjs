/** One statement for each table that an order touches. Rows of products are locked in the order of their ids. */
export const STATEMENTS = {
  takeStock: {
    name: 'take-stock',
    text: `
      WITH locked AS (
        SELECT products.id, quantity FROM catalog.products
        JOIN unnest($1::uuid[], $2::integer[]) AS line (id, quantity) ON line.id = products.id
        WHERE status = 'active' AND stock >= quantity
        ORDER BY products.id FOR NO KEY UPDATE OF products
      )
      UPDATE catalog.products
      SET stock = stock - quantity, units_sold = units_sold + quantity, version = version + 1, updated_at = $3
      FROM locked WHERE products.id = locked.id
      RETURNING products.id, stock, price_amount, price_currency`,
  },
  noteStock: {
    name: 'note-stock',
    text: `
      INSERT INTO catalog.stock_adjustments (id, product_id, delta, reason, stock_after, adjusted_at, adjusted_by)
      SELECT id, product_id, delta, $4::varchar, stock_after, $6::timestamptz, $7::varchar
      FROM unnest($1::uuid[], $2::uuid[], $3::integer[], $5::integer[]) AS line (id, product_id, delta, stock_after)`,
  },
  addOrder: {
    name: 'add-order',
    text: `
      INSERT INTO orders.orders (id, customer_id, status, total_amount, currency, version, placed_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7)`,
  },
  addLines: {
    name: 'add-lines',
    text: `
      INSERT INTO orders.order_lines (order_id, product_id, position, quantity, unit_amount)
      SELECT $1::uuid, product_id, position, quantity, unit_amount
      FROM unnest($2::uuid[], $3::smallint[], $4::integer[], $5::bigint[])
        AS line (product_id, position, quantity, unit_amount)`,
  },
  tell: {
    name: 'tell',
    text: `
      INSERT INTO messaging.outbox (id, type, subject, occurred_at, traceparent, data)
      VALUES ($1, $2, $3, $4, $5, $6)`,
  },
  keepAnswer: {
    name: 'keep-answer',
    text: `
      INSERT INTO idempotency.records
        (id, fingerprint, caller_id, method, route, request_id, status, headers, body, created_at, expires_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
  },
};
