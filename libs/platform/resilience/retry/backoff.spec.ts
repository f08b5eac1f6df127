import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { backoffMs } from './backoff.js';

const POLICY = { attemptsMax: 9, baseDelayMs: 20, maxDelayMs: 100, budgetRatio: 0.1 };

describe('the pause before a retry', () => {
  it('is drawn from a range that doubles, up to the bound', () => {
    expect([1, 2, 3, 4, 5].map((retry) => backoffMs(POLICY, retry, 0, () => 1))).toEqual([20, 40, 80, 100, 100]);
  });

  it('is drawn from the whole range (full jitter)', () => {
    expect([0, 0.25, 0.5].map((random) => backoffMs(POLICY, 2, 0, () => random))).toEqual([0, 10, 20]);
  });

  it('is never shorter than what Retry-After asks for, nor longer than that and the bound', () => {
    const draw = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2_000 }), fc.nat(60_000), draw, (retry, askedMs, random) => {
        const delayMs = backoffMs(POLICY, retry, askedMs, () => random);
        return delayMs >= askedMs && delayMs <= askedMs + POLICY.maxDelayMs;
      }),
    );
  });
});
