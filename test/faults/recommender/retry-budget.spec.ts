import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { errorRatio } from '../../../tools/stub-recommender/behaviours.ts';
import { StubRecommender } from '../../../tools/stub-recommender/stub-recommender.ts';
import { ATTEMPTS_PER_CALL_MAX, PATIENT } from './bounds.js';
import { callsLetThrough, figuresOf } from './figures.js';
import { Shop } from './shop.js';

const CALLS = 600;
const RATE_PER_SECOND = 100;

describe('a recommender that fails now and then', () => {
  let shop: Shop;

  beforeEach(async () => {
    shop = await Shop.open(await StubRecommender.start(), { env: PATIENT });
  });

  afterEach(() => shop?.close());

  /** All pages were answered; what the recommender got for it, and how many calls that was for. */
  const askedUnder = async (ratio: number): Promise<{ attempts: number; calls: number; breakerState: number }> => {
    const { stub, store } = shop;
    const [attemptsBefore, before] = [stub.requestCount, await figuresOf(store.managementUrl)];
    await stub.answers(errorRatio(ratio, shop.good));
    const load = shop.load({ ratePerSecond: RATE_PER_SECOND, durationMs: (CALLS / RATE_PER_SECOND) * 1_000 });
    expect((await load.finished).summary().byResult).toEqual({ 200: CALLS });
    const after = await figuresOf(store.managementUrl);
    return {
      attempts: stub.requestCount - attemptsBefore,
      calls: callsLetThrough(after) - callsLetThrough(before),
      breakerState: after.breakerState,
    };
  };

  it('gets a tenth more attempts than calls at most, where only the budget of retries holds them back', async () => {
    const { attempts, calls, breakerState } = await askedUnder(0.3);

    expect({ calls, breakerState }).toEqual({ calls: CALLS, breakerState: 0 });
    expect(attempts).toBeGreaterThan(calls);
    expect(attempts).toBeLessThanOrEqual(ATTEMPTS_PER_CALL_MAX * calls + 1);
  });

  it('gets no more at half of all answers failing, and the breaker spares it most of the calls', async () => {
    const { attempts, calls } = await askedUnder(0.5);

    expect(attempts).toBeLessThanOrEqual(ATTEMPTS_PER_CALL_MAX * calls + 1);
    expect(attempts).toBeLessThanOrEqual(ATTEMPTS_PER_CALL_MAX * CALLS);
  });
});
