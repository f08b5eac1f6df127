import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { stableId } from '#kernel/id';
import { type EmptyDatabase, withConnection } from '#platform/testing';
import { Api } from '../support/api.js';
import { runEntry } from '../support/run-entry.js';
import { runningService, type RunningService } from '../support/running-service.js';
import { StoreProcess } from '../support/store-process.js';
import { storeDatabase } from '../support/store-database.js';

interface Page {
  readonly recommendations: {
    readonly items: readonly { readonly id: string; readonly sku: string }[];
    readonly source: string;
    readonly degraded: boolean;
  };
}

const DRIPPER = `/v1/products/${stableId('catalog:COF-1002')}?include=recommendations`;
/** The first question of a process is its slowest, and a test's machine is busy. */
const UNHURRIED = { RECOMMENDER_TIMEOUT_MS: '5000', RECOMMENDER_ATTEMPT_TIMEOUT_MS: '4000' };
const TRACE_ID = '4bf92f3577b34da6a3ce929d0e0e4736';

let recommender: RunningService;
let database: EmptyDatabase;
let store: StoreProcess;
beforeAll(async () => {
  recommender = await runningService({ service: 'recommender', seeded: true });
  database = await storeDatabase();
  // As a deployment of two services does it: each seeds what it hosts.
  await runEntry('seed', database, { env: { RECOMMENDER_URL: recommender.process.url } });
  store = await StoreProcess.start({
    databaseUrl: database.serviceUrl,
    env: { RECOMMENDER_URL: recommender.process.url, ...UNHURRIED },
  });
  await store.ready();
});
afterAll(async () => {
  await store.stop();
  await recommender.stop();
  await database.drop();
});

const page = (headers: Record<string, string> = {}) => new Api(store.url).get<Page>(DRIPPER, headers);
const rowsIn = async (url: string, sql: string): Promise<unknown[]> =>
  withConnection(url, async (admin) => (await admin.query<object>(sql)).rows);

describe('the store, pointed at the recommender by RECOMMENDER_URL', () => {
  it('shows live recommendations of the other service, and learns none itself', async () => {
    const { status, body } = await page();

    expect(status).toBe(200);
    expect(body.recommendations).toMatchObject({ source: 'live', degraded: false });
    expect(body.recommendations.items.slice(0, 4).map(({ sku }) => sku)).toContain('COF-1003');
    expect(await rowsIn(database.url, 'SELECT count(*)::int AS known FROM recommendations.purchases')).toEqual([
      { known: 0 },
    ]);
  });

  it('is one trace and one request with it, from line to line', async () => {
    await page({ 'x-request-id': 'to-be-followed', traceparent: `00-${TRACE_ID}-00f067aa0ba902b7-01` });

    const [asked, answered] = await Promise.all(
      [store, recommender.process].map((process) =>
        process.logged(({ msg, requestId }) => msg === 'request' && requestId === 'to-be-followed'),
      ),
    );
    expect(asked).toMatchObject({ traceId: TRACE_ID, route: '/v1/products/:id', service: 'store' });
    expect(answered).toMatchObject({
      traceId: TRACE_ID,
      route: '/v1/products/:id/recommendations',
      service: 'recommender',
      status: 200,
    });
  });

  it('warns at its start that the other would not hear of orders, when there is no broker', () => {
    const warnings = store.logs.filter(({ level }) => level === 'warn').map(({ msg }) => msg);

    expect(warnings).toEqual([expect.stringMatching(/^RECOMMENDER_URL is set without NATS_URL: /)]);
  });

  it('has the schema that it has without it: switching changes nothing', async () => {
    const migrations = 'SELECT name FROM platform.migrations ORDER BY name';
    const before = await rowsIn(database.url, migrations);

    await runEntry('migrate', database, { env: { RECOMMENDER_URL: recommender.process.url } });
    const within = await StoreProcess.start({ databaseUrl: database.serviceUrl });
    await within.ready();
    await within.stop();

    expect(await rowsIn(database.url, migrations)).toEqual(before);
    expect(JSON.stringify(before)).toContain('CreateCompanions');
  });

  it('does not let the recommendations of its own database be forgotten by mistake', async () => {
    const attempt = runEntry('forget-recommendations', database, {
      env: { RECOMMENDER_URL: recommender.process.url },
    });

    await expect(attempt).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining('forget-recommendations: with RECOMMENDER_URL the recommender has learned them'),
    });
  });
});
