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

type Attack = readonly [where: string, parameters: readonly string[], target: () => Target];

/** One If-Match is good for all changes: sqlmap can't follow a version, and takes the asterisk for a mark of its own. */
const PINNED_VERSION = `;
  CREATE FUNCTION pin_version() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.version := OLD.version; RETURN NEW; END';
  CREATE TRIGGER pin_version BEFORE UPDATE ON catalog.products FOR EACH ROW EXECUTE FUNCTION pin_version()`;

function targetOf([route, parameters, target]: Attack): Target {
  const unique = route === 'POST /v1/products' && !parameters.includes('sku') ? { unique: 'sku' } : {};
  return { ...target(), ...unique, ...(parameters[0] === '#1*' ? {} : { parameters }) };
}

/** The rows that no request here may change, in one number. */
const OTHERS = `SELECT count(*)::int AS count, md5(string_agg(products::text, '|' ORDER BY id)) AS digest
  FROM catalog.products WHERE id <> ALL ($1) AND created_at < $2`;

describeWith({ command: 'sqlmap', debianPackage: 'sqlmap' }, 'sqlmap', () => {
  let running: RunningStore;
  let keyed: KeyingProxy;
  let injectable: Awaited<ReturnType<typeof injectableServer>>;
  /** One for each kind of change: sqlmap takes what another changes in an answer for its own doing. */
  let changed: string;
  let adjusted: string;
  let cursor: string | null;
  let before: Awaited<ReturnType<typeof others>>;
  const startedAt = new Date();

  beforeAll(async () => {
    running = await runningStore({ seeded: true });
    keyed = await keyingProxy(running.store.url);
    const client = new StoreClient(running.store.url);
    changed = (await client.created()).id;
    adjusted = (await client.created()).id;
    cursor = (await client.page({ category: 'audio', status: 'active', sort: 'name', limit: 5 })).body.nextCursor;
    await withConnection(running.adminUrl, (connection) => connection.query(INJECTABLE_TABLE + PINNED_VERSION));
    before = await others();
    injectable = await injectableServer(running.adminUrl);
  });
  afterAll(async () => {
    await injectable?.close();
    await keyed?.close();
    await running?.stop();
  });

  const headers = { Authorization: storekeeper() };
  const products = (): string => `${running.store.url}/v1/products`;
  const product = (): string => `${products()}/${changed}`;
  const others = () =>
    withConnection(running.adminUrl, async (connection) => {
      const { rows } = await connection.query(OTHERS, [[changed, adjusted], startedAt]);
      return rows[0] as { count: number; digest: string };
    });

  const reads: readonly Attack[] = [
    ['GET /v1/products', ['category', 'status', 'sort', 'limit', 'cursor'], list],
    ['GET /v1/products/{id}', ['#1*'], () => ({ url: `${product()}*` })],
    ['GET /v1/products/{id}', ['include'], () => ({ url: `${product()}?include=recommendations` })],
  ];
  const writes: readonly Attack[] = [
    ['POST /v1/products', ['name', 'description', 'category'], creation],
    ['POST /v1/products', ['amount', 'currency', 'stock'], creation],
    ['POST /v1/products', ['sku'], creation],
    ['PATCH /v1/products/{id}', ['name', 'description', 'category', 'amount', 'currency'], change],
    ['POST /v1/products/{id}/stock-adjustments', ['delta', 'reason'], adjustment],
  ];
  /** Where statements are glued together: what would be found if it were there. */
  const glued: readonly Attack[] = [
    ['a query', ['category'], () => ({ url: `${injectable.url}/?category=audio` })],
    ['a field of a body that is written', ['reason'], () => ({ ...adjustment(), url: injectable.url })],
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
    const url = `${keyed.url}/v1/products/${adjusted}/stock-adjustments`;
    return { method: 'POST', url, headers, json: { delta: 1, reason: 'Counted' } };
  }

  const findsNothing = async (...attack: Attack): Promise<void> => {
    const [, parameters] = attack;
    const { injectable: found, withstood } = await runSqlmap(targetOf(attack));

    expect(found).toEqual([]);
    expect(withstood.toSorted()).toEqual(parameters.toSorted());
    expect(await others()).toEqual(before);
  };

  describe('while nothing changes', () => {
    it.concurrent.each(reads)('finds nothing in %s: %j', findsNothing, SUITE_TIMEOUT_MS);
  });

  describe('while there are changes', () => {
    it.concurrent.each(writes)('finds nothing in %s: %j', findsNothing, SUITE_TIMEOUT_MS);
  });

  it('has brought nothing to fail', async () => {
    const statuses = countByStatus(await readSettledMetrics(running.store.managementUrl));

    expect(Object.keys(statuses).filter((status) => status.startsWith('5'))).toEqual([]);
    // It has reached the database, and not the validation alone.
    expect(statuses['200']).toBeGreaterThan(1_000);
    expect(statuses['201']).toBeGreaterThan(1_000);
  });

  it.concurrent.each(glued)(
    'finds what is glued together in %s: %j',
    async (...attack) => {
      expect(await runSqlmap(targetOf(attack))).toMatchObject({ injectable: attack[1], withstood: [] });
    },
    SUITE_TIMEOUT_MS,
  );
});
