import { describe, expect, it } from '@jest/globals';
import { SlidingUniqueCounter } from './sliding-unique-counter.js';

const INTERVAL_MS = 1000;

function atTime() {
  const time = { nowMs: 5_000 };
  return { time, counter: new SlidingUniqueCounter(INTERVAL_MS, () => time.nowMs) };
}

describe('a sliding count of unique texts', () => {
  it('remembers what came in this interval and the one before, once', () => {
    const { time, counter } = atTime();
    counter.add('a');
    time.nowMs += INTERVAL_MS;
    counter.add('a');
    counter.add('b');
    expect(counter.estimate()).toBe(2);
  });

  it('forgets what is two intervals old', () => {
    const { time, counter } = atTime();
    counter.add('a');
    time.nowMs += INTERVAL_MS;
    counter.add('b');
    time.nowMs += INTERVAL_MS;
    expect(counter.estimate()).toBe(1);
    time.nowMs += INTERVAL_MS;
    expect(counter.estimate()).toBe(0);
  });

  it('forgets all after a long silence', () => {
    const { time, counter } = atTime();
    counter.add('a');
    time.nowMs += 10 * INTERVAL_MS;
    expect(counter.estimate()).toBe(0);
  });

  it('keeps a text for one whole interval at least', () => {
    const { time, counter } = atTime();
    time.nowMs += INTERVAL_MS - 1;
    counter.add('a');
    time.nowMs += INTERVAL_MS;
    expect(counter.estimate()).toBe(1);
  });
});
