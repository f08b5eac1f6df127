import { describe, expect, it } from '@jest/globals';
import { checkPolicy } from './dependency-policy.js';
import { aPolicy } from './testing/dependency.builder.js';

describe('a policy', () => {
  it('may be as lean as one attempt, no queue and no retry budget', () => {
    const lean = {
      retry: { attemptsMax: 1, budgetRatio: 0, baseDelayMs: 0, maxDelayMs: 0 },
      bulkhead: { queuedMax: 0 },
    };
    expect(() => checkPolicy(aPolicy({ ...lean, totalTimeoutMs: 150 }))).not.toThrow();
  });

  it.each([
    [{ name: 'Recommender /v1' }, /metric label/],
    [{ attemptTimeoutMs: 0 }, /attemptTimeoutMs/],
    [{ attemptTimeoutMs: Number.NaN }, /attemptTimeoutMs/],
    [{ totalTimeoutMs: 149 }, /holds at least one attempt/],
    [{ totalTimeoutMs: 2 ** 31 }, /totalTimeoutMs/],
    [{ retry: { attemptsMax: 0 } }, /attemptsMax/],
    [{ retry: { baseDelayMs: 60 } }, /maxDelayMs/],
    [{ retry: { budgetRatio: 1.1 } }, /budgetRatio/],
    [{ breaker: { failureRatio: 0 } }, /failureRatio/],
    [{ breaker: { failureRatio: 50 } }, /failureRatio/],
    [{ breaker: { callsMin: 0 } }, /callsMin/],
    [{ breaker: { openMs: 0 } }, /openMs/],
    [{ breaker: { probes: 1.5 } }, /probes/],
    [{ bulkhead: { concurrentMax: Number.POSITIVE_INFINITY } }, /concurrentMax/],
    [{ bulkhead: { queuedMax: -1 } }, /queuedMax/],
  ])('is refused at boot with %j', (change, rule) => {
    expect(() => checkPolicy(aPolicy(change))).toThrow(rule);
  });
});
