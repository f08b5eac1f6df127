import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { describeWith, withConnection } from '#platform/testing';
import { countByStatus, readSettledMetrics } from '../support/metrics.js';
import { runningStore, type RunningStore } from '../support/running-store.js';
import { aNewProduct, StoreClient } from '../support/store-client.js';
import { storekeeper } from '../support/tokens.js';
import { INJECTABLE_TABLE, injectableServer } from './sqlmap/injectable-server.js';
import { keyingProxy, type KeyingProxy } from './sqlmap/keying-proxy.js';
import { runSqlmap, type Target } from './sqlmap/sqlmap.js';

const SUITE_TIMEOUT_MS = 300_000;

/** One If-Match is good for all changes: sqlmap can't follow a version, and takes the asterisk for a mark of its own. */
const PINNED_VERSION = `;
  CREATE FUNCTION pin_version() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.version := OLD.version; RETURN NEW; END';
  CREATE TRIGGER pin_version BEFORE UPDATE ON catalog.products FOR EACH ROW EXECUTE FUNCTION pin_version()`;

/** The rows that no request here may change, in one number. */
const OTHERS = `SELECT count(*)::int AS count, md5(string_agg(products::text, '|' ORDER BY id)) AS digest
  FROM catalog.products WHERE id <> $1 AND created_at < $2`;

describeWith({ command: 'sqlmap', debianPackage: 'sqlmap' }, 'sqlmap', () => {
  let running: RunningStore;
  let keyed: KeyingProxy;
  let productId: string;
  let cursor: string | null;
  const startedAt = new Date();

  beforeAll(async () => {
    running = await runningStore({ seeded: true });
    keyed = await keyingProxy(running.store.url);
    const client = new StoreClient(running.store.url);
    productId = (await client.created()).id;
    cursor = (await client.page({ category: 'audio', status: 'active', sort: 'name', limit: 5 })).body.nextCursor;
    await withConnection(running.adminUrl, (connection) => connection.query(INJECTABLE_TABLE + PINNED_VERSION));
  });
  afterAll(async () => {
    await keyed.close();
    await running.stop();
  });

  const headers = { Authorization: storekeeper() };
  const products = (): string => `${running.store.url}/v1/products`;
  const product = (): string => `${products()}/${productId}`;
  const others = () =>
    withConnection(running.adminUrl, async (connection) => {
      const { rows } = await connection.query(OTHERS, [productId, startedAt]);
      return rows[0] as { count: number; digest: string };
    });

  const targets: readonly (readonly [string, readonly string[], () => Target])[] = [
    ['GET /v1/products', ['category', 'status', 'sort', 'limit', 'cursor'], list],
    ['GET /v1/products/{id}', ['#1*'], () => ({ url: `${product()}*` })],
    ['GET /v1/products/{id}', ['include'], () => ({ url: `${product()}?include=recommendations` })],
    ['POST /v1/products', ['name', 'description', 'category', 'amount', 'currency', 'stock'], creation],
    ['POST /v1/products', ['sku'], creation],
    ['PATCH /v1/products/{id}', ['name', 'description', 'category', 'amount', 'currency'], change],
    ['POST /v1/products/{id}/stock-adjustments', ['delta', 'reason'], adjustment],
  ];

  function list(): Target {
    return { url: `${products()}?category=audio&status=active&sort=name&limit=5&cursor=${cursor}` };
  }
  function creation(): Target {
    return { method: 'POST', url: `${keyed.url}/v1/products`, headers, json: aNewProduct({ sku: 'QWERTYUIOPASDFGH' }) };
  }
  function change(): Target {
    const { name, description, category, price } = aNewProduct();
    const json = { name, description, category, price };
    return { method: 'PATCH', url: product(), headers: { ...headers, 'If-Match': '"1"' }, json };
  }
  function adjustment(): Target {
    const url = `${keyed.url}/v1/products/${productId}/stock-adjustments`;
    return { method: 'POST', url, headers, json: { delta: 1, reason: 'Counted' } };
  }

  it.each(targets)(
    'finds nothing in %s: %j',
    async (route, parameters, target) => {
      const before = await others();
      const request = target();
      const unique = route === 'POST /v1/products' && !parameters.includes('sku') ? { unique: 'sku' } : {};
      const report = await runSqlmap({ ...request, ...unique, ...(parameters[0] === '#1*' ? {} : { parameters }) });

      expect(report.injectable).toEqual([]);
      expect([...report.withstood].sort()).toEqual([...parameters].sort());
      expect(await others()).toEqual(before);
    },
    SUITE_TIMEOUT_MS,
  );

  it('has brought nothing to fail', async () => {
    const statuses = countByStatus(await readSettledMetrics(running.store.managementUrl));

    expect(Object.keys(statuses).filter((status) => status.startsWith('5'))).toEqual([]);
    // It has reached the database, and not the validation alone.
    expect(statuses['200']).toBeGreaterThan(1_000);
    expect(statuses['201']).toBeGreaterThan(1_000);
  });

  describe('where statements are glued together', () => {
    let injectable: Awaited<ReturnType<typeof injectableServer>>;
    beforeAll(async () => {
      injectable = await injectableServer(running.adminUrl);
    });
    afterAll(() => injectable.close());

    it(
      'finds it in a query',
      async () => {
        const report = await runSqlmap({ url: `${injectable.url}/?category=audio`, parameters: ['category'] });
        expect({ ...report, output: '' }).toEqual({ injectable: ['category'], withstood: [], output: '' });
      },
      SUITE_TIMEOUT_MS,
    );

    it(
      'finds it in a field of a body that is written',
      async () => {
        const target: Target = { ...adjustment(), url: injectable.url, parameters: ['reason'] };
        const report = await runSqlmap(target);
        expect({ ...report, output: '' }).toEqual({ injectable: ['reason'], withstood: [], output: '' });
      },
      SUITE_TIMEOUT_MS,
    );
  });
});
