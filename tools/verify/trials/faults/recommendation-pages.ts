import type { Answer } from '../../stage/ask.ts';
import { field } from '../../stage/ask.ts';
import { rowsOf, type Database } from '../../stage/databases.ts';
import type { Replica } from '../../stage/replica.ts';

/** The store's defaults: what a page waits for the recommender, and then for the products in its place. */
export const PAGE_PROMISED_MS = 300 + 200;

/** A product's page, with recommendations. */
export const pageOf = (replica: Replica, id: string): Promise<Answer> =>
  replica.ask(`/v1/products/${id}?include=recommendations`);

/** Where its recommendations come from: `live`, and `stale, degraded`. */
export function sourceOf({ json }: Answer): string {
  const recommendations = field(json, 'recommendations');
  return `${String(field(recommendations, 'source'))}${field(recommendations, 'degraded') === true ? ', degraded' : ''}`;
}

/** Some of the sample products that are on sale, in categories that sell. */
export async function productsOnSale({ adminUrl }: Database, count: number): Promise<readonly string[]> {
  const rows = await rowsOf<{ id: string }>(
    adminUrl,
    `SELECT id FROM catalog.products WHERE status = 'active' AND category <> 'verify-shelf' ORDER BY id DESC LIMIT $1`,
    [count],
  );
  return rows.map(({ id }) => id);
}
