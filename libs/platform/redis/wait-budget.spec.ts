import { describe, expect, it } from '@jest/globals';
import { WaitBudget } from './wait-budget.js';

function aBudget(budgetMs: number) {
  const time = { nowMs: 1_000 };
  const budget = new WaitBudget(budgetMs, () => time.nowMs);
  const wait = (ms: number) => budget.spend(async () => void (time.nowMs += ms));
  return { time, budget, wait };
}

describe('a budget of waits', () => {
  it('is spent by one after the other', async () => {
    const { budget, wait } = aBudget(100);
    await wait(30);
    await wait(50);

    expect(budget.leftMs).toBe(20);
  });

  it('is spent once by those at the same time', async () => {
    const { budget, time } = aBudget(100);
    const ends = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const waits = ends.map(({ promise }) => budget.spend(() => promise));
    time.nowMs += 40;
    expect(budget.leftMs).toBe(60);
    ends[0]?.resolve();
    await waits[0];
    time.nowMs += 20;
    ends[1]?.resolve();
    await waits[1];
    time.nowMs += 500;

    expect(budget.leftMs).toBe(40);
  });

  it('is spent by waits that fail, too', async () => {
    const { budget, time } = aBudget(100);
    const failing = budget.spend(() => {
      time.nowMs += 70;
      return Promise.reject(new Error('no'));
    });
    await expect(failing).rejects.toThrow('no');

    expect(budget.leftMs).toBe(30);
  });

  it('has nothing left when what is left is not worth a try', async () => {
    const { budget, wait } = aBudget(100);
    await wait(99.5);
    expect(budget.leftMs).toBe(0);
    await wait(50);
    expect(budget.leftMs).toBe(0);
  });
});
