import { describe, expect, it } from '@jest/globals';
import { floorOf, mean, median, quantile, spreadOf } from './quantile.js';

describe('quantiles', () => {
  it('lie between the numbers beside them', () => {
    expect(quantile([4, 1, 3, 2], 0.5)).toBe(2.5);
    expect(quantile([10, 20, 30, 40, 50], 0.25)).toBe(20);
    expect(quantile([10, 20], 0.9)).toBeCloseTo(19);
  });

  it('leave the numbers in their order', () => {
    const numbers = [3, 1, 2];
    median(numbers);

    expect(numbers).toEqual([3, 1, 2]);
  });

  it('are no number where there are none', () => {
    expect(median([])).toBeNaN();
    expect(floorOf([])).toBeNaN();
  });

  it('come with what lies around them', () => {
    expect(spreadOf([1, 2, 3, 4, 5])).toEqual({ low: 2, median: 3, high: 4 });
    expect(floorOf([7, 5, 9])).toBe(5);
    expect(mean([1, 2, 6])).toBe(3);
  });
});
