import type { Scene } from '../scene/scene.ts';
import type { Question } from './case.ts';

/** So many come round, as on a page that many look at: enough that no row is served over and over. */
export const PRODUCTS = 64;

/** Products on sale, in the order of their ids. */
export async function productIds({ database }: Scene, count = PRODUCTS): Promise<readonly string[]> {
  const rows = await database.query<{ id: string }>(
    `SELECT id FROM catalog.products WHERE status = 'active' AND price_currency = 'EUR' ORDER BY id LIMIT ${count}`,
  );
  return rows.map(({ id }) => id);
}

export const byId = (ids: readonly string[], query = ''): readonly Question[] =>
  ids.map((id) => ({ method: 'GET', path: `/v1/products/${id}${query}` }));

/** The first page as it is asked for by default, but for its length. */
export const LIST: readonly Question[] = [{ method: 'GET', path: '/v1/products?limit=20' }];

/** Off: each read goes to Postgres. */
export const UNCACHED = { CATALOG_CACHE_TTL_SECONDS: '0' };
/** Longer than a run: what is measured is the hit. */
export const CACHED = { CATALOG_CACHE_TTL_SECONDS: '3600' };
