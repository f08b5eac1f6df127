import { describe, expect, it } from '@jest/globals';
import { SeededRandom } from './seeded-random.js';

const draws = (seed: number): number[] => {
  const random = new SeededRandom(seed);
  return Array.from({ length: 1_000 }, () => random.between(1, 6));
};

describe('SeededRandom', () => {
  it('draws the same again for a seed, and something else for another', () => {
    expect(draws(4711)).toEqual(draws(4711));
    expect(draws(4711)).not.toEqual(draws(4712));
  });

  it('draws every number, both ends included', () => {
    expect(new Set(draws(4711))).toEqual(new Set([1, 2, 3, 4, 5, 6]));
  });

  it('samples nothing twice', () => {
    expect(new Set(new SeededRandom(4711).sample([1, 2, 3], 3))).toEqual(new Set([1, 2, 3]));
  });
});
