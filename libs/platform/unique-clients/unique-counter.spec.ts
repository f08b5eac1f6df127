import { describe, expect, it } from '@jest/globals';
import { UniqueCounter } from './unique-counter.js';

/** The promise of the metric. */
const ERROR_MAX = 0.02;

const SHAPES: Readonly<Record<string, (index: number) => string>> = {
  'IPv4 addresses': (index) => `10.${index >> 16}.${(index >> 8) & 255}.${index & 255}`,
  'IPv6 addresses': (index) => `2001:db8::${index.toString(16)}`,
  numbers: String,
};

const counterOf = (count: number, text: (index: number) => string, from = 0): UniqueCounter => {
  const counter = new UniqueCounter();
  for (let index = from; index < from + count; index += 1) counter.add(text(index));
  return counter;
};

describe.each(Object.entries(SHAPES))('a count of unique %s', (_shape, text) => {
  it.each([100, 10_000, 100_000])('is within 2% of %i', (count) => {
    const estimate = counterOf(count, text).estimate();
    expect(Math.abs(estimate - count) / count).toBeLessThan(ERROR_MAX);
  });
});

describe('a count of unique texts', () => {
  it('is exact where there are few', () => {
    expect([0, 1, 2, 5].map((count) => counterOf(count, String).estimate())).toEqual([0, 1, 2, 5]);
  });

  it('does not grow with what it has seen', () => {
    const counter = counterOf(1000, String);
    const before = counter.estimate();
    for (let index = 0; index < 10_000; index += 1) counter.add(String(index % 1000));
    expect(counter.estimate()).toBe(before);
  });

  it('of two is that of both together', () => {
    const both = counterOf(6000, String);
    both.merge(counterOf(6000, String, 3000));
    expect(both.estimate()).toBe(counterOf(9000, String).estimate());
  });
});
