import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { status } from '../../../tools/stub-recommender/behaviours.ts';
import { StubRecommender } from '../../../tools/stub-recommender/stub-recommender.ts';
import { PATIENT } from './bounds.js';
import { figuresOf } from './figures.js';
import { type Page, Shop } from './shop.js';

/** Together fewer than the breaker needs to open: it would only lengthen the way back. */
const KNOWN = 5;
const UNKNOWN = 4;
/** Nothing may have been degraded for ten seconds before all is said to be well. */
const QUIET_MAX_MS = 13_000;

describe('the ladder of recommendations', () => {
  let shop: Shop;

  beforeAll(async () => {
    shop = await Shop.open(await StubRecommender.start(), { env: PATIENT });
  });

  afterAll(() => shop?.close());

  const bySource = (pages: readonly Page[]): Record<string, number> => {
    const counts: Record<string, number> = {};
    for (const { body } of pages) {
      const { source } = body.recommendations;
      counts[source] = (counts[source] ?? 0) + 1;
    }
    return counts;
  };

  const linesOf = (feature: string): object[] =>
    shop.store.logs.filter((line) => line['feature'] === feature).map(({ level, msg }) => ({ level, msg }));

  it('is live, then stale for what was asked before and popular for the rest; counted each time and told once', async () => {
    const { managementUrl } = shop.store;
    const live = await shop.pages(KNOWN);
    await shop.stub.answers(status(500));
    const degraded = await shop.pages(KNOWN + UNKNOWN);

    expect(bySource(live)).toEqual({ live: KNOWN });
    expect(bySource(degraded)).toEqual({ stale: KNOWN, popular: UNKNOWN });
    expect((await figuresOf(managementUrl)).degraded).toEqual({ stale: KNOWN, popular: UNKNOWN });
    expect(linesOf('recommendations')).toEqual([{ level: 'warn', msg: 'answers are degraded' }]);
  });

  it('tells once, too, that it is live again', async () => {
    await shop.recommend();
    const load = shop.load({ ratePerSecond: 5, durationMs: 2 * QUIET_MAX_MS });
    await shop.store.logged(({ msg }) => msg === 'answers are no longer degraded', 2 * QUIET_MAX_MS);
    await load.stop();

    expect(linesOf('recommendations')).toEqual([
      { level: 'warn', msg: 'answers are degraded' },
      { level: 'info', msg: 'answers are no longer degraded' },
    ]);
    expect(bySource(await shop.pages(3))).toEqual({ live: 3 });
  }, 60_000);
});
