import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SLACK_MS } from '#platform/testing';
import { blackHole } from '../../../tools/stub-recommender/behaviours.ts';
import { StubRecommender } from '../../../tools/stub-recommender/stub-recommender.ts';
import { BREAKER_CALLS_MIN, PATIENT } from './bounds.js';
import { figuresOf, figuresThat } from './figures.js';
import { Shop } from './shop.js';

/** Enough to open the breaker, were they failures. */
const CLIENTS = BREAKER_CALLS_MIN + 5;

describe('clients who leave before their recommendations come', () => {
  let shop: Shop;

  beforeAll(async () => {
    shop = await Shop.open(await StubRecommender.start(), { env: PATIENT });
  });

  afterAll(() => shop?.close());

  it('end the calls that were made for them, and say nothing of the recommender', async () => {
    const { stub, store } = shop;
    const attemptsBefore = stub.requestCount;
    const leaving = new AbortController();
    await stub.answers(blackHole);

    const pages = Promise.allSettled(
      Array.from({ length: CLIENTS }, (_, place) =>
        fetch(store.url + shop.pathOf(shop.product(place)), { signal: leaving.signal }),
      ),
    );
    await until(() => stub.requestCount === attemptsBefore + CLIENTS);
    const leftAtMs = performance.now();
    leaving.abort();
    await pages;
    await until(() => stub.abandoned === CLIENTS);
    const noticedMs = performance.now() - leftAtMs;

    const figures = await figuresThat(({ calls }) => calls['aborted'] === CLIENTS, store.managementUrl);
    expect(noticedMs).toBeLessThan(SLACK_MS);
    expect(figures).toEqual({ calls: { ok: 1, aborted: CLIENTS }, degraded: {}, breakerState: 0 });
    expect(stub.requestCount).toBe(attemptsBefore + CLIENTS);

    await shop.recommend();
    expect((await shop.page(shop.product(0))).body.recommendations.source).toBe('live');
    expect((await figuresOf(store.managementUrl)).calls).toEqual({ ok: 2, aborted: CLIENTS });
  });
});

async function until(holds: () => boolean, timeoutMs = 5_000): Promise<void> {
  const endsAtMs = performance.now() + timeoutMs;
  while (!holds()) {
    if (performance.now() > endsAtMs) throw new Error(`Not within ${timeoutMs} ms: ${holds.toString()}`);
    await new Promise((resolve) => setImmediate(resolve));
  }
}
