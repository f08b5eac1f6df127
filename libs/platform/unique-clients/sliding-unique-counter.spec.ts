import { beforeEach, describe, expect, it } from '@jest/globals';
import { SlidingUniqueCounter } from './sliding-unique-counter.js';

const WINDOW = { bucketMs: 1_000, fullBuckets: 3 };

describe('a sliding count of unique texts', () => {
  let counter: SlidingUniqueCounter;
  beforeEach(() => {
    counter = new SlidingUniqueCounter(WINDOW);
  });

  it('counts what came in the bucket that is under way and in the full ones before, once', () => {
    counter.add(['a'], 5_000);
    counter.add(['a', 'b'], 6_000);
    counter.add(['c'], 8_999);

    expect(counter.estimate(8_999)).toBe(3);
  });

  it('keeps a text for as long as the full buckets last, and a bucket more at most', () => {
    counter.add(['at the end'], 5_999);
    expect(counter.estimate(8_999)).toBe(1);
    expect(counter.estimate(9_000)).toBe(0);
  });

  it('forgets all after a long silence', () => {
    counter.add(['a'], 5_000);

    expect(counter.estimate(500_000)).toBe(0);
  });

  it('holds no more counters than the window has buckets, whatever the clock does', () => {
    for (const nowMs of [90_000, 5_000, 6_000, 7_000, 8_000, 9_000, 10_000]) counter.add(['a'], nowMs);

    expect(counter.size).toBe(WINDOW.fullBuckets + 1);
  });
});
