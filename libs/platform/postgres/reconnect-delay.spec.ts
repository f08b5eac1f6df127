import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { RECONNECT_DELAY_FIRST_MS, RECONNECT_DELAY_MAX_MS, reconnectDelayMs } from './reconnect-delay.js';

describe('reconnectDelayMs', () => {
  it('doubles from attempt to attempt, up to the bound', () => {
    const delays = [1, 2, 3, 4, 5, 6].map((attempt) => reconnectDelayMs(attempt, () => 1));
    expect(delays).toEqual([100, 200, 400, 800, 1_000, 1_000]);
  });

  it('spreads over the upper half of each step', () => {
    expect([0, 0.5, 1].map((random) => reconnectDelayMs(1, () => random))).toEqual([50, 75, 100]);
  });

  it('is bounded for every attempt, also after days', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e9 }), fc.double({ min: 0, max: 1, noNaN: true }), (attempt, random) => {
        const delayMs = reconnectDelayMs(attempt, () => random);
        return delayMs >= RECONNECT_DELAY_FIRST_MS / 2 && delayMs <= RECONNECT_DELAY_MAX_MS;
      }),
    );
  });
});
