import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SLACK_MS } from '#platform/testing';
import { storeDatabase } from '../../system/support/store-database.js';
import { StoreProcess } from '../../system/support/store-process.js';
import { OpenLoopLoad } from '../support/load/open-loop-load.js';
import { LivenessWatch } from '../support/probes/liveness-watch.js';
import { FaultProxy } from '../../../tools/fault-proxy/fault-proxy.ts';

const OVERLOAD_FACTOR = 3;
const OVERLOAD_MS = 30_000;
const REQUEST_TIMEOUT_MS = 5000;
/**
 * Postgres is a network away and the pool is small, so that what the store can answer is bound by something that the
 * load's own computing does not take from it: a load on the same cores would measure itself.
 */
const LATENCY_MS = 10;
const POOL_MAX = 5;
const PAGE = { path: '/v1/products?limit=1' };

/** What the store answers per second when it is always asked, and never more than it can take. */
async function measuredCapacity(url: string): Promise<number> {
  const MEASURED_MS = 4000;
  const CLIENTS = 16;
  const endsAtMs = performance.now() + MEASURED_MS;
  let answered = 0;
  const client = async (): Promise<void> => {
    while (performance.now() < endsAtMs) {
      const answer = await fetch(url + PAGE.path);
      await answer.arrayBuffer();
      if (answer.ok) answered += 1;
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
  return answered / (MEASURED_MS / 1000);
}

describe('a store that is asked three times what it can answer', () => {
  let database: Awaited<ReturnType<typeof storeDatabase>>;
  let proxy: FaultProxy;
  let store: StoreProcess;

  beforeAll(async () => {
    database = await storeDatabase({ seeded: true });
    proxy = await FaultProxy.to(database.serviceUrl);
    proxy.latency(LATENCY_MS);
    store = await StoreProcess.start({
      databaseUrl: proxy.url,
      env: { DATABASE_POOL_MAX: String(POOL_MAX) },
    });
    await store.ready();
  });
  afterAll(async () => {
    await store.stop();
    await proxy.close();
    await database.drop();
  });

  it('answers nearly as many as ever, in time, and refuses the rest at once', async () => {
    await measuredCapacity(store.url); // warm
    const capacity = await measuredCapacity(store.url);
    const liveness = LivenessWatch.on(store.managementUrl);
    const load = OpenLoopLoad.start({
      url: store.url,
      request: PAGE,
      ratePerSecond: Math.ceil(capacity * OVERLOAD_FACTOR),
      durationMs: OVERLOAD_MS,
      connections: 500,
    });
    const log = await load.finished;
    const summary = log.summary();
    const alive = await liveness.stop();
    const report = { capacity, ...summary, good: log.with('200').summary(), shed: log.with('503').summary(), alive };
    process.stdout.write(`${JSON.stringify(report)}\n`);

    expect(Object.keys(summary.byResult).sort()).toEqual(['200', '503']);
    expect(log.with('503').outcomes.every(({ retryAfter }) => /^[123]$/.test(retryAfter ?? ''))).toBe(true);
    expect(log.with('200').summary().maxMs).toBeLessThan(REQUEST_TIMEOUT_MS + SLACK_MS);
    expect(summary.goodputPerSecond).toBeGreaterThan(0.8 * capacity);
    expect(alive.failures).toEqual([]);
  }, 90_000);

  it('is as ever within 5 s', async () => {
    const load = OpenLoopLoad.start({ url: store.url, request: PAGE, ratePerSecond: 20, durationMs: 3000 });
    const { byResult, p99Ms } = (await load.finished).summary();

    expect(byResult).toEqual({ 200: 60 });
    expect(p99Ms).toBeLessThan(2 * SLACK_MS);
  });
});
