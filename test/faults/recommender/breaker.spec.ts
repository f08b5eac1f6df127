import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { blackHole } from '../../../tools/stub-recommender/behaviours.ts';
import { StubRecommender } from '../../../tools/stub-recommender/stub-recommender.ts';
import { LivenessWatch } from '../support/probes/liveness-watch.js';
import { OPEN_MAX_MS, PAGE_MAX_MS, PROBES } from './bounds.js';
import { figuresThat } from './figures.js';
import { Shop } from './shop.js';

const RATE_PER_SECOND = 50;
const CHANGED = 'dependency state changed';

describe("the recommender's circuit breaker", () => {
  let shop: Shop;
  let liveness: LivenessWatch;

  beforeAll(async () => {
    shop = await Shop.open(await StubRecommender.start());
    liveness = LivenessWatch.on(shop.store.managementUrl);
  });

  afterAll(async () => {
    const report = await liveness?.stop();
    await shop?.close();
    expect(report?.failures).toEqual([]);
  });

  const changes = (): string[] =>
    shop.store.logs.filter(({ msg }) => msg === CHANGED).map(({ from, to }) => `${String(from)} > ${String(to)}`);

  const changed = (from: string, to: string): Promise<object> =>
    shop.store.logged((line) => line.msg === CHANGED && line['from'] === from && line['to'] === to, OPEN_MAX_MS);

  const health = async (path: string): Promise<{ status: number; body: unknown }> => {
    const answer = await fetch(shop.store.managementUrl + path);
    return { status: answer.status, body: await answer.json() };
  };

  it('opens on a black hole, lets only probes through, and closes by itself; no page is late or fails', async () => {
    const { stub, store } = shop;
    const load = shop.load({ ratePerSecond: RATE_PER_SECOND, durationMs: 60_000 });
    await load.reached(10);

    await stub.answers(blackHole);
    await figuresThat(({ breakerState }) => breakerState === 2, store.managementUrl);
    await load.dueEnded(); // what was let through before may still be on its way to the stub
    const openFromMs = performance.now();
    expect(await health('/health')).toMatchObject({
      status: 200,
      body: { details: { dependencies: { status: 'degraded', recommender: { state: 'open' } } } },
    });
    expect(await health('/health/ready')).toMatchObject({ status: 200 });

    await changed('half-open', 'open');
    const probesInVain = stub.requestsSince(openFromMs).length;
    await shop.recommend();
    await changed('half-open', 'closed');
    const closedFromMs = performance.now();
    await load.reached(load.soFar.outcomes.length + RATE_PER_SECOND);
    const log = await load.stop();

    expect(probesInVain).toBeGreaterThanOrEqual(1);
    expect(probesInVain).toBeLessThanOrEqual(PROBES);
    expect(changes()).toEqual([
      'closed > open',
      'open > half-open',
      'half-open > open',
      'open > half-open',
      'half-open > closed',
    ]);
    expect(stub.requestsSince(closedFromMs).length).toBeGreaterThan(RATE_PER_SECOND / 2);
    expect(Object.keys(log.summary().byResult)).toEqual(['200']);
    expect(log.summary().maxMs).toBeLessThan(PAGE_MAX_MS);
    expect((await shop.page(shop.product(0))).body.recommendations.source).toBe('live');
    await figuresThat(({ breakerState }) => breakerState === 0, store.managementUrl);
  }, 60_000);
});
