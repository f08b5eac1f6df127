import type { Statement } from '#platform/postgres';
import { STOCK_MAX } from '../../domain/product.state.js';
import { PRODUCT_COLUMNS } from './product.statements.js';

interface Booking {
  readonly name: string;
  /** What must hold of each locked row. */
  readonly fits: string;
  /** The sign of the quantity in the stock; what has sold goes the other way. */
  readonly sign: '+' | '-';
}

/**
 * The movements of all lines, and their lines in the book, in one round trip: while it lasts, nobody else gets at the
 * rows.
 *
 * `locked` waits for each row in the order of their ids, and then has it as it is now, not as it was when the statement
 * began; `verdict` looks at all of those; only then the first one changes. The new row is reckoned from the locked one:
 * reckoned from `products`, the check of the table would first be asked about the row of the snapshot, which may be too
 * poor for pieces that have come back since. Sums are made in 64 bits: none runs over.
 */
const bookStock = ({ name, fits, sign }: Booking): Statement => ({
  name,
  text: `
    WITH line AS (
      SELECT * FROM unnest($1::uuid[], $2::bigint[], $3::uuid[]) AS line (id, quantity, movement_id)
    ), locked AS (
      SELECT ${PRODUCT_COLUMNS}, units_sold, quantity, movement_id FROM catalog.products JOIN line USING (id)
      ORDER BY id FOR NO KEY UPDATE OF products
    ), verdict AS (
      SELECT count(*) FILTER (WHERE ${fits}) = cardinality($1::uuid[]) AS booked FROM locked
    ), moved AS (
      UPDATE catalog.products
      SET stock = locked.stock ${sign} locked.quantity, units_sold = locked.units_sold - (${sign}locked.quantity),
          version = locked.version + 1, updated_at = $5::timestamptz
      FROM locked, verdict
      WHERE products.id = locked.id AND verdict.booked
      RETURNING products.id, products.stock, ${sign}locked.quantity AS delta, locked.movement_id
    ), noted AS (
      INSERT INTO catalog.stock_adjustments (id, product_id, delta, reason, stock_after, adjusted_at, adjusted_by)
      SELECT movement_id, id, delta, $4::varchar, stock, $5::timestamptz, $6::varchar FROM moved
    )
    SELECT ${PRODUCT_COLUMNS}, booked FROM locked, verdict`,
});

export const RESERVE_STOCK = bookStock({
  name: 'catalog.reserve-stock',
  fits: `status = 'active' AND stock >= quantity`,
  sign: '-',
});

export const RETURN_STOCK = bookStock({
  name: 'catalog.return-stock',
  fits: `stock + quantity <= ${STOCK_MAX}`,
  sign: '+',
});
