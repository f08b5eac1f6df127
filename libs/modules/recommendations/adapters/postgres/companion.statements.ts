import type { Statement } from '#platform/postgres';

/**
 * Counts what is new in one statement, and so in one transaction. Rows are written in the order of their key: two
 * purchases of the same products, counted at once, then wait for each other instead of locking each other out. A
 * purchase that was forgotten before it was told has its row already, and so is not counted.
 * Parameters: purchase ids and product ids, side by side, a pair for each product of each purchase.
 */
export const RECORD_PURCHASES = {
  name: 'recommendations.record-purchases',
  text: `
    WITH told AS (
      SELECT purchase_id, product_id FROM unnest($1::uuid[], $2::uuid[]) AS t (purchase_id, product_id)
    ), recorded AS (
      INSERT INTO recommendations.purchases (id, product_ids)
      SELECT purchase_id, array_agg(DISTINCT product_id) FROM told GROUP BY purchase_id ORDER BY purchase_id
      ON CONFLICT DO NOTHING
      RETURNING id, product_ids
    ), counted AS (
      INSERT INTO recommendations.companions AS known (product_id, other_id, purchases)
      SELECT one.product_id, other.product_id, count(*)
      FROM recorded CROSS JOIN unnest(product_ids) AS one (product_id) CROSS JOIN unnest(product_ids) AS other (product_id)
      WHERE cardinality(product_ids) > 1
      GROUP BY one.product_id, other.product_id
      ORDER BY one.product_id, other.product_id
      ON CONFLICT (product_id, other_id) DO UPDATE SET purchases = known.purchases + excluded.purchases
    )
    SELECT count(*)::integer AS recorded FROM recorded`,
};

/**
 * Marks a purchase as forgotten, told or not, and gives what it held: nothing when it was never told, null when it is
 * older than that memory. No row: it was marked before.
 */
export const MARK_FORGOTTEN = {
  name: 'recommendations.mark-forgotten',
  text: `
    INSERT INTO recommendations.purchases AS known (id, product_ids, forgotten_at) VALUES ($1, '{}', now())
    ON CONFLICT (id) DO UPDATE SET forgotten_at = excluded.forgotten_at WHERE known.forgotten_at IS NULL
    RETURNING product_ids`,
};

/**
 * Takes back the pairs of one purchase, locked in the order in which they are counted. It has to see all of them, and so
 * comes after MARK_FORGOTTEN has waited for whoever was still counting: within that statement it would look at the
 * moment before. The new count is reckoned from the locked row, which is the latest one: reckoned from `known`, the check
 * of the table would first be asked about the row of the snapshot. Parameter: the products of the purchase.
 */
export const TAKE_BACK = {
  name: 'recommendations.take-back',
  text: `
    WITH counted AS (
      SELECT product_id, other_id, purchases FROM recommendations.companions
      WHERE product_id = ANY ($1::uuid[]) AND other_id = ANY ($1::uuid[])
      ORDER BY product_id, other_id
      FOR UPDATE
    ), gone AS (
      DELETE FROM recommendations.companions AS known USING counted
      WHERE known.product_id = counted.product_id AND known.other_id = counted.other_id AND counted.purchases = 1
    )
    UPDATE recommendations.companions AS known SET purchases = counted.purchases - 1 FROM counted
    WHERE known.product_id = counted.product_id AND known.other_id = counted.other_id AND counted.purchases > 1`,
};

/** Until the transaction ends, nobody else records or forgets a purchase; whoever reads is not held up. */
export const HOLD_PURCHASES = {
  name: 'recommendations.hold-purchases',
  text: 'LOCK TABLE recommendations.purchases IN SHARE ROW EXCLUSIVE MODE',
};

/** A bounded number of rows, so that no statement meets the time-out; the service may not TRUNCATE. Parameter: how many. */
export const DELETE_COMPANIONS = {
  name: 'recommendations.delete-companions',
  text: `
    DELETE FROM recommendations.companions
    WHERE ctid = ANY (ARRAY(SELECT ctid FROM recommendations.companions LIMIT $1))`,
};

export const DELETE_PURCHASES = {
  name: 'recommendations.delete-purchases',
  text: `
    DELETE FROM recommendations.purchases
    WHERE ctid = ANY (ARRAY(SELECT ctid FROM recommendations.purchases LIMIT $1))`,
};

/** Replicas that sweep at once share the work. Parameters: the age in seconds, and how many. */
export const SWEEP_PURCHASES = {
  name: 'recommendations.sweep-purchases',
  text: `
    DELETE FROM recommendations.purchases WHERE id IN (
      SELECT id FROM recommendations.purchases WHERE recorded_at < now() - $1::integer * interval '1 second'
      ORDER BY recorded_at LIMIT $2 FOR UPDATE SKIP LOCKED
    )`,
};

/** Of the primary: what is kept of it must not be older than the purchase that ended what was kept before. */
export const COMPANIONS_OF: Statement = {
  name: 'recommendations.companions-of',
  text: `
    SELECT other_id, purchases,
      (SELECT purchases FROM recommendations.companions WHERE product_id = $1 AND other_id = $1) AS of_purchases
    FROM recommendations.companions
    WHERE product_id = $1 AND other_id <> product_id
    ORDER BY purchases DESC, other_id
    LIMIT $2`,
};
