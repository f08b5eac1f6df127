import type { Statement } from '#platform/postgres';

/** Every column of an order, and its lines in their order. The lines are found by their key, for each order of a page. */
const ORDER_WITH_LINES = `
  id, customer_id, status, total_amount, currency, version, placed_at, cancelled_at, (
    SELECT json_agg(
      json_build_object('productId', product_id, 'quantity', quantity, 'unitAmount', unit_amount) ORDER BY position
    )
    FROM orders.order_lines WHERE order_id = orders.id
  ) AS lines`;

const OF_CUSTOMER = `SELECT ${ORDER_WITH_LINES} FROM orders.orders WHERE id = $1 AND customer_id = $2`;

export const FIND_ORDER = { name: 'orders.find-order', text: OF_CUSTOMER };

/** Lines never change, so that the lock of their order is enough. */
export const FIND_ORDER_FOR_CHANGE = {
  name: 'orders.find-order-for-change',
  text: `${OF_CUSTOMER} FOR NO KEY UPDATE OF orders`,
};

/**
 * Orders that are not there yet, and of those the lines, in one statement and so in one transaction. No constraint is
 * named: of two that add the very same order at once, one waits, and then adds nothing.
 */
export const ADD_ORDERS = {
  name: 'orders.add-orders',
  text: `
    WITH added AS (
      INSERT INTO orders.orders
        (id, customer_id, status, total_amount, currency, version, placed_at, cancelled_at)
      SELECT * FROM unnest(
        $1::uuid[], $2::varchar[], $3::varchar[], $4::bigint[], $5::varchar[], $6::integer[], $7::timestamptz[],
        $8::timestamptz[]
      )
      ON CONFLICT DO NOTHING
      RETURNING id
    ), lines AS (
      INSERT INTO orders.order_lines (order_id, product_id, position, quantity, unit_amount)
      SELECT line.* FROM unnest($9::uuid[], $10::uuid[], $11::smallint[], $12::integer[], $13::bigint[])
        AS line (order_id, product_id, position, quantity, unit_amount)
      JOIN added ON added.id = line.order_id
    )
    SELECT count(*)::integer AS added FROM added`,
};

export const SAVE_ORDER = {
  name: 'orders.save-order',
  text: 'UPDATE orders.orders SET status = $2, version = $3, cancelled_at = $4 WHERE id = $1',
};

/**
 * Walks the customer's part of the index backwards, from the cursor on. A filter by status walks the same way: one
 * customer's orders are few, and most of them are placed.
 */
const listOrders = ({ byStatus, continued }: { byStatus: boolean; continued: boolean }): Statement => {
  let parameters = 1;
  const parameter = (): string => `$${(parameters += 1)}`;
  const conditions = [
    'customer_id = $1',
    ...(byStatus ? [`status = ${parameter()}`] : []),
    ...(continued ? [`(placed_at, id) < (${parameter()}::timestamptz, ${parameter()}::uuid)`] : []),
  ];
  return {
    name: `orders.list-orders${byStatus ? '+status' : ''}${continued ? '+after' : ''}`,
    text: `
      SELECT ${ORDER_WITH_LINES} FROM orders.orders WHERE ${conditions.join(' AND ')}
      ORDER BY placed_at DESC, id DESC LIMIT ${parameter()}`,
    consistency: 'bounded-staleness',
  };
};

const LISTS = {
  all: listOrders({ byStatus: false, continued: false }),
  allAfter: listOrders({ byStatus: false, continued: true }),
  byStatus: listOrders({ byStatus: true, continued: false }),
  byStatusAfter: listOrders({ byStatus: true, continued: true }),
};

/** The statement of a listing: nothing of a request becomes SQL text. */
export function listStatement(byStatus: boolean, continued: boolean): Statement {
  if (byStatus) return continued ? LISTS.byStatusAfter : LISTS.byStatus;
  return continued ? LISTS.allAfter : LISTS.all;
}
