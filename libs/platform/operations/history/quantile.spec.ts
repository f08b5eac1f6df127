import { describe, expect, it } from '@jest/globals';
import { quantile } from './quantile.js';
import { since, sumOf, type Tally } from './tally.js';

const BOUNDS = [0.1, 0.2, 0.4];
const tally = (cumulative: number[], count: number): Tally => ({ count, failures: 0, cumulative });

describe('quantile', () => {
  it.each([
    ['is null where there was nothing', 0.5, tally([0, 0, 0], 0), null],
    ['interpolates in the first bucket from 0', 0.5, tally([10, 10, 10], 10), 0.05],
    ['interpolates in the bucket in which it lies', 0.95, tally([90, 100, 100], 100), 0.15],
    ['takes an upper bound that is met exactly', 0.9, tally([90, 100, 100], 100), 0.1],
    ['skips buckets with nothing in them', 0.99, tally([50, 50, 100], 100), 0.396],
    ['knows no more than the last bound', 0.99, tally([0, 0, 1], 100), 0.4],
  ] as const)('%s', (_what, q, calls, expected) => {
    const found = quantile(q, calls, BOUNDS);

    if (expected === null) expect(found).toBeNull();
    else expect(found).toBeCloseTo(expected, 10);
  });

  it('of what came since is not that of all', () => {
    const before = tally([100, 100, 100], 100);
    const now = sumOf([before, tally([0, 0, 10], 10)]);

    expect(quantile(0.5, since(now, before), BOUNDS)).toBeCloseTo(0.3, 10);
    expect(quantile(0.5, since(now, undefined), BOUNDS)).toBeLessThan(0.1);
  });
});
