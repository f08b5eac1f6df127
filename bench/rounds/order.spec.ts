import { describe, expect, it } from '@jest/globals';
import { orderOf } from './order.js';

describe('the order of a round', () => {
  it('has the baseline before and after all others', () => {
    expect(orderOf(['base', 'a', 'b'], 0)).toEqual(['base', 'a', 'b', 'base']);
  });

  it('begins with another one in each round', () => {
    const seconds = [0, 1, 2, 3].map((round) => orderOf(['base', 'a', 'b', 'c'], round)[1]);

    expect(seconds).toEqual(['a', 'b', 'c', 'a']);
  });

  it('is the baseline twice where there is nothing else', () => {
    expect(orderOf(['base'], 5)).toEqual(['base', 'base']);
    expect(orderOf([], 0)).toEqual([]);
  });
});
