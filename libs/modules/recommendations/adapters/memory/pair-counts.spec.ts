import { describe, expect, it } from '@jest/globals';
import { PairCounts, PRODUCTS_MAX } from './pair-counts.js';

const products = (length: number): string[] => Array.from({ length }, (_, n) => `product ${n}`);

/** Full but for `free` products. */
function nearlyFull(free: number): PairCounts {
  const counts = new PairCounts();
  const known = products(PRODUCTS_MAX - free);
  for (let n = 0; n + 1 < known.length; n += 2) counts.add(known.slice(n, n + 2), 1);
  return counts;
}

describe('PairCounts', () => {
  it('counts each pair from both sides, and each product with itself', () => {
    const counts = new PairCounts();

    counts.add(['kettle', 'filters'], 1);

    expect([...counts.of('kettle')]).toEqual([
      ['kettle', 1],
      ['filters', 1],
    ]);
    expect(counts.of('filters').get('kettle')).toBe(1);
  });

  it('keeps nothing of what is taken back', () => {
    const counts = new PairCounts();
    counts.add(['kettle', 'filters'], 1);

    counts.add(['kettle', 'filters'], -1);

    expect(counts.of('kettle').size).toBe(0);
    expect(counts.fitting(products(PRODUCTS_MAX))).toHaveLength(PRODUCTS_MAX);
  });

  it('has room for so many products, and for those that it knows already', () => {
    const counts = nearlyFull(2);

    expect(counts.fitting(['product 0', 'kettle', 'filters', 'mug'])).toEqual(['product 0', 'kettle', 'filters']);
  });

  it('has no room for one alone', () => {
    expect(nearlyFull(0).fitting(['product 0', 'kettle'])).toEqual([]);
    expect(new PairCounts().fitting(['kettle'])).toEqual([]);
  });
});
