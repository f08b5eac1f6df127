import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { doublingDelayMs } from './doubling-delay.js';

const BOUNDS = { firstMs: 100, maxMs: 1_000 };

describe('doublingDelayMs', () => {
  it('doubles from failure to failure, up to the bound', () => {
    const delays = [1, 2, 3, 4, 5, 6].map((failures) => doublingDelayMs(failures, BOUNDS, () => 1));
    expect(delays).toEqual([100, 200, 400, 800, 1_000, 1_000]);
  });

  it('spreads over the upper half of each step', () => {
    expect([0, 0.5, 1].map((random) => doublingDelayMs(1, BOUNDS, () => random))).toEqual([50, 75, 100]);
  });

  it('is bounded for every number of failures, also after days', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e9 }), fc.double({ min: 0, max: 1, noNaN: true }), (failures, random) => {
        const delayMs = doublingDelayMs(failures, BOUNDS, () => random);
        return delayMs >= BOUNDS.firstMs / 2 && delayMs <= BOUNDS.maxMs;
      }),
    );
  });
});
