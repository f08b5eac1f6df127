import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { RETRY_TOKENS_MAX, RetryBudget } from './retry-budget.js';

const afterCalls = (budget: RetryBudget, calls: number) => {
  for (let call = 0; call < calls; call += 1) budget.called();
  return budget;
};

const takeAll = (budget: RetryBudget): number => {
  let taken = 0;
  while (budget.take()) taken += 1;
  return taken;
};

describe('a retry budget', () => {
  it('starts empty', () => {
    expect(new RetryBudget(1).take()).toBe(false);
  });

  it('pays for one retry with ten calls at 10%, without an error of rounding', () => {
    const budget = afterCalls(new RetryBudget(0.1), 9);
    expect(budget.take()).toBe(false);
    budget.called();
    expect([budget.take(), budget.take()]).toEqual([true, false]);
  });

  it('saves up no more than its bound in a quiet time', () => {
    expect(takeAll(afterCalls(new RetryBudget(0.5), 100_000))).toBe(RETRY_TOKENS_MAX);
  });

  it('pays for nothing at a ratio of 0', () => {
    expect(afterCalls(new RetryBudget(0), 1_000).take()).toBe(false);
  });

  it('keeps retries below ratio times calls at every moment, in whatever order both come', () => {
    const steps = fc.array(fc.boolean(), { maxLength: 500 });
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), steps, (ratio, isCall) => {
        const budget = new RetryBudget(ratio);
        let calls = 0;
        let retries = 0;
        return isCall.every((step) => {
          if (step) {
            calls += 1;
            budget.called();
          } else if (budget.take()) retries += 1;
          return retries <= ratio * calls + Number.EPSILON * calls;
        });
      }),
    );
  });
});
