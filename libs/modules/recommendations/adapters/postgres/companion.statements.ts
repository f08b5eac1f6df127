/**
 * Counts what is new in one statement, and so in one transaction. Rows are written in the order of their key: two
 * purchases of the same products, counted at once, then wait for each other instead of locking each other out.
 * Parameters: purchase ids and product ids, side by side, a pair for each product of each purchase.
 */
export const RECORD_PURCHASES = {
  name: 'recommendations.record-purchases',
  text: `
    WITH told AS (
      SELECT purchase_id, product_id FROM unnest($1::uuid[], $2::uuid[]) AS t (purchase_id, product_id)
    ), recorded AS (
      INSERT INTO recommendations.purchases (id)
      SELECT DISTINCT purchase_id FROM told ORDER BY purchase_id
      ON CONFLICT DO NOTHING
      RETURNING id
    ), counted AS (
      INSERT INTO recommendations.companions AS known (product_id, other_id, purchases)
      SELECT one.product_id, other.product_id, count(*)
      FROM recorded JOIN told AS one ON one.purchase_id = recorded.id JOIN told AS other USING (purchase_id)
      GROUP BY one.product_id, other.product_id
      ORDER BY one.product_id, other.product_id
      ON CONFLICT (product_id, other_id) DO UPDATE SET purchases = known.purchases + excluded.purchases
    )
    SELECT count(*)::integer AS recorded FROM recorded`,
};

export const COMPANIONS_OF = {
  name: 'recommendations.companions-of',
  text: `
    SELECT other_id, purchases,
      (SELECT purchases FROM recommendations.companions WHERE product_id = $1 AND other_id = $1) AS of_purchases
    FROM recommendations.companions
    WHERE product_id = $1 AND other_id <> product_id
    ORDER BY purchases DESC, other_id
    LIMIT $2`,
};
