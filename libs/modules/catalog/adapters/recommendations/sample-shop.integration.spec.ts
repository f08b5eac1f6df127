import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PostgresConnection } from '#platform/postgres';
import { runSeeds } from '#platform/seeding';
import { SLACK_MS, createTestDatabase, withConnection, type TestDatabase } from '#platform/testing';
import { aCatalogService, type CatalogService } from '../../testing/catalog.service.js';
import { seedId } from '../../seed/seed-id.js';
import type { ProductDetailResponse } from '../http/product-detail.response.js';

/** The defaults of the bounds, and what a busy machine adds. */
const LIVE_MS = 300;
const PRODUCTS_MS = 200;

let database: TestDatabase;
let catalog: CatalogService;
beforeAll(async () => {
  database = await createTestDatabase();
  // No answer of the recommendations is kept: what hangs is asked each time.
  catalog = await aCatalogService({ DATABASE_URL: database.serviceUrl, RECOMMENDATIONS_CACHE_TTL_SECONDS: '0' });
  await catalog.app.get(PostgresConnection, { strict: false }).whenReached(10_000);
  await runSeeds(catalog.app, () => undefined);
});
afterAll(async () => {
  await catalog.app.close();
  await database.drop();
});

async function pageOf(sku: string) {
  const startedAtMs = performance.now();
  const response = await catalog.app.inject({ url: `/v1/products/${seedId(sku)}?include=recommendations` });
  const { recommendations } = response.json<ProductDetailResponse>();
  return { status: response.statusCode, recommendations, elapsedMs: performance.now() - startedAtMs };
}

const query = async (sql: string): Promise<object[]> =>
  withConnection(database.url, async (client) => (await client.query<object>(sql)).rows);

/** Nobody else reads or writes the table while `work` runs. */
const whileLocked = (table: string, work: () => Promise<void>): Promise<void> =>
  withConnection(database.url, async (client) => {
    await client.query(`BEGIN; LOCK TABLE ${table} IN ACCESS EXCLUSIVE MODE`);
    await work();
    await client.query('ROLLBACK');
  });

describe('the sample shop', () => {
  it('has every product of its past purchases on its shelves, and on sale', async () => {
    const unknown = await query(`
      SELECT DISTINCT product_id FROM recommendations.companions
      WHERE product_id NOT IN (SELECT id FROM catalog.products WHERE status = 'active')`);

    expect(unknown).toEqual([]);
  });

  it('has sold every product that is on sale, together with others', async () => {
    const lonely = await query(`
      SELECT sku FROM catalog.products
      WHERE status = 'active' AND (units_sold = 0 OR id NOT IN (SELECT product_id FROM recommendations.companions))`);

    expect(lonely).toEqual([]);
  });

  it('recommends filters to whoever looks at a dripper', async () => {
    const { recommendations } = await pageOf('COF-1002');

    expect(recommendations).toMatchObject({ source: 'live', degraded: false });
    expect(recommendations?.items.slice(0, 4).map(({ sku }) => sku)).toContain('COF-1003');
  });
});

describe('a page, while the recommendations hang in their database', () => {
  it('comes in time, with the last good answer where there is one, and the bestsellers where not', async () => {
    const live = await pageOf('CYC-1005');

    await whileLocked('recommendations.companions', async () => {
      const stale = await pageOf('CYC-1005');
      const popular = await pageOf('CYC-1004');

      expect(stale.recommendations).toMatchObject({ items: live.recommendations?.items, source: 'stale' });
      expect(popular.recommendations).toMatchObject({ source: 'popular', degraded: true });
      expect(popular.recommendations?.items).toHaveLength(8);
      for (const { status, elapsedMs } of [stale, popular]) {
        expect(status).toBe(200);
        expect(elapsedMs).toBeLessThan(LIVE_MS + PRODUCTS_MS + SLACK_MS);
      }
    });
  });

  it('leaves no statement behind that still waits', async () => {
    await whileLocked('recommendations.companions', async () => {
      await pageOf('GAR-1001');

      const waiting = await query(`
        SELECT query FROM pg_stat_activity
        WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%companions%'`);
      expect(waiting).toEqual([]);
    });
  });

  it('is live again as soon as they answer', async () => {
    expect((await pageOf('GAR-1001')).recommendations).toMatchObject({ source: 'live' });
  });
});
