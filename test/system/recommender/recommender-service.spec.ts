import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { stableId } from '#kernel/id';
import { withConnection } from '#platform/testing';
import { Api } from '../support/api.js';
import { readSettledMetrics } from '../support/metrics.js';
import { refused } from '../support/refused.js';
import { PATIENT, RowLock } from '../support/row-lock.js';
import { runningService, type RunningService } from '../support/running-service.js';
import { ServiceProcess } from '../support/service-process.js';

interface Recommendations {
  readonly items: readonly { readonly productId: string; readonly score: number }[];
}

const idOf = (sku: string): string => stableId(`catalog:${sku}`);
const DRIPPER = idOf('COF-1002');
const FILTERS = idOf('COF-1003');
const route = (id: string): string => `/v1/products/${id}/recommendations`;

let running: RunningService;
beforeAll(async () => {
  running = await runningService({ service: 'recommender', seeded: true });
});
afterAll(() => running.stop());

describe('the recommender, migrated, seeded and started as in production', () => {
  it('serves what goes with a product, the best first', async () => {
    const { status, body } = await new Api(running.process.url).get<Recommendations>(`${route(DRIPPER)}?limit=3`);

    expect(status).toBe(200);
    expect(body.items).toHaveLength(3);
    expect(body.items.map(({ productId }) => productId)).toContain(FILTERS);
    const scores = body.items.map(({ score }) => score);
    expect(scores).toEqual(scores.toSorted((a, b) => b - a));
  });

  it('answers a mistake with a problem', async () => {
    const response = await fetch(`${running.process.url}${route(DRIPPER)}?limit=21`);

    expect(response.status).toBe(400);
    expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  });

  it('has no route of the store', async () => {
    expect((await fetch(`${running.process.url}/v1/products`)).status).toBe(404);
  });

  it('says who it is, how its database is, and that no broker brings it the events of orders', async () => {
    const of = async (path: string) => (await fetch(running.process.managementUrl + path)).json();

    expect(await of('/info')).toMatchObject({ name: 'recommender' });
    expect(await of('/health')).toMatchObject({
      status: 'degraded',
      details: {
        database: { status: 'up', leastPrivilege: true },
        broker: { status: 'degraded', reason: 'no broker: NATS_URL is not set' },
      },
    });
    expect((await fetch(`${running.process.managementUrl}/health/ready`)).status).toBe(200);
    await running.process.logged(({ msg }) => String(msg).includes('NATS_URL names no broker'));
  });

  it('counts its answers by route', async () => {
    await fetch(running.process.url + route(DRIPPER));

    const samples = await readSettledMetrics(running.process.managementUrl);

    expect(samples).toContainEqual(
      expect.objectContaining({
        name: 'http_server_request_duration_seconds_count',
        labels: expect.objectContaining({ method: 'GET', route: '/v1/products/:id/recommendations', status: '200' }),
      }),
    );
  });

  it('has its own schema and what the platform needs, and nothing of the catalog', async () => {
    const { rows } = await withConnection(running.adminUrl, (admin) =>
      admin.query<{ name: string }>(
        `SELECT nspname AS name FROM pg_namespace
         WHERE nspname !~ '^pg_' AND nspname NOT IN ('information_schema', 'public') ORDER BY name`,
      ),
    );

    expect(rows.map(({ name }) => name)).toEqual(['messaging', 'platform', 'recommendations']);
  });
});

describe('SIGTERM, while the recommender answers', () => {
  it('lets it finish, and ends it with 0', async () => {
    const service = await ServiceProcess.start({
      service: 'recommender',
      databaseUrl: running.databaseUrl,
      env: PATIENT,
    });
    await service.ready();
    const lock = await RowLock.onTable(running.adminUrl, 'recommendations.companions');
    const slow = fetch(service.url + route(DRIPPER));
    await lock.waitedFor();

    service.signal('SIGTERM');
    await refused(service.url);
    await lock.release();
    const answer = await slow;

    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ items: expect.arrayContaining([expect.anything()]) });
    expect(await service.exited).toEqual({ code: 0, signal: null });
  });
});
