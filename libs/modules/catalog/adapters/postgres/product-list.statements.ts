import type { Statement } from '#platform/postgres';
import { PRODUCT_SORTS, type ProductListing, type ProductSort } from '../../application/ports/product.listing.js';
import { PRODUCT_COLUMNS } from './product.statements.js';

/** The column that a sort goes by, and the type that the position's value is read as. */
const SORT_KEY: Record<ProductSort, { column: string; type: string }> = {
  name: { column: 'name', type: 'varchar' },
  '-name': { column: 'name', type: 'varchar' },
  price: { column: 'price_amount', type: 'bigint' },
  '-price': { column: 'price_amount', type: 'bigint' },
  createdAt: { column: 'created_at', type: 'timestamptz' },
  '-createdAt': { column: 'created_at', type: 'timestamptz' },
};

/**
 * The statement of a listing, one of 48 written when the process starts: six sorts, with and without each of category,
 * status and position. Nothing of a request becomes SQL text, and each one is planned for the index that it walks.
 */
export function listStatement(listing: ProductListing): Statement {
  const { category, status, sort, page } = listing;
  const statement = STATEMENTS.get(keyOf(sort, category !== null, status !== null, page.after !== null));
  if (!statement) throw new Error(`There is no statement for the sort ${sort}.`);
  return statement;
}

/** The values in the order of the statement's parameters; one row more than the page, to know whether more follow. */
export function listValues({ category, status, page }: ProductListing): readonly (string | number)[] {
  return [category, status, page.after?.sortValue ?? null, page.after?.id ?? null, page.limit + 1].filter(
    (value) => value !== null,
  );
}

function keyOf(sort: ProductSort, byCategory: boolean, byStatus: boolean, continued: boolean): string {
  return [sort, byCategory && 'category', byStatus && 'status', continued && 'after'].filter(Boolean).join('+');
}

function write(sort: ProductSort, byCategory: boolean, byStatus: boolean, continued: boolean): Statement {
  const { column, type } = SORT_KEY[sort];
  const [operator, direction] = sort.startsWith('-') ? ['<', 'DESC'] : ['>', 'ASC'];
  let parameters = 0;
  const parameter = (): string => `$${(parameters += 1)}`;

  const conditions = [];
  if (byCategory) conditions.push(`category = ${parameter()}`);
  if (byStatus) conditions.push(`status = ${parameter()}`);
  if (continued) conditions.push(`(${column}, id) ${operator} (${parameter()}::${type}, ${parameter()}::uuid)`);
  const where = conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : '';

  return {
    name: `catalog.list-products:${keyOf(sort, byCategory, byStatus, continued)}`,
    text: `
      SELECT ${PRODUCT_COLUMNS} FROM catalog.products ${where}
      ORDER BY ${column} ${direction}, id ${direction}
      LIMIT ${parameter()}`,
    consistency: 'bounded-staleness',
  };
}

const EITHER = [false, true];

const STATEMENTS = new Map(
  PRODUCT_SORTS.flatMap((sort) =>
    EITHER.flatMap((byCategory) =>
      EITHER.flatMap((byStatus) =>
        EITHER.map((continued): [string, Statement] => [
          keyOf(sort, byCategory, byStatus, continued),
          write(sort, byCategory, byStatus, continued),
        ]),
      ),
    ),
  ),
);
