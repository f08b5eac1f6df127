import { describe, expect, it } from '@jest/globals';
import { aMoment } from '../testing/moment.builder.js';
import { History, INTERVAL_MS, MOMENTS_MAX, WINDOW_MS } from './history.js';

const filled = (count: number): History => {
  const history = new History();
  for (let n = 0; n < count; n += 1) history.add(aMoment({ atMs: n * INTERVAL_MS }));
  return history;
};

describe('History', () => {
  it('compares with a minute ago, and with the oldest until there is such', () => {
    expect(new History().minuteBefore(0)).toBeUndefined();
    expect(filled(3).minuteBefore(3 * INTERVAL_MS)?.atMs).toBe(0);
    expect(filled(60).minuteBefore(60 * INTERVAL_MS)?.atMs).toBe(60 * INTERVAL_MS - WINDOW_MS);
  });

  it('is bounded: in moments, and in those whose details it keeps', () => {
    const { moments } = filled(3 * MOMENTS_MAX);

    expect(moments).toHaveLength(MOMENTS_MAX);
    expect(moments.filter(({ detail }) => detail).length).toBeLessThanOrEqual(WINDOW_MS / INTERVAL_MS + 2);
    expect(moments.at(-1)?.atMs).toBe((3 * MOMENTS_MAX - 1) * INTERVAL_MS);
  });
});
