import { describe, expect, it } from '@jest/globals';
import { courseOf, trendOf } from './trend.js';

/** Up and down by as much, so that nothing of it is a slope. */
const noise = (index: number): number => (index % 2 === 0 ? 1 : -1);
const samples = (slope: number, amplitude: number, count = 20) =>
  Array.from({ length: count }, (_, index) => [index, 50 + slope * index + amplitude * noise(index)] as const);

describe('a trend', () => {
  it('is the slope of the line, without an error where all lie on it', () => {
    const { slope, error } = trendOf(samples(0.5, 0));

    expect(slope).toBeCloseTo(0.5);
    expect(error).toBeCloseTo(0);
  });

  it('has the standard error that the textbook gives', () => {
    // y = 1, 3, 2, 5, 4 at x = 1…5: slope 0.8, residues 3.6, so √(3.6 / 3 / 10).
    const { slope, error } = trendOf([
      [1, 1],
      [2, 3],
      [3, 2],
      [4, 5],
      [5, 4],
    ]);

    expect(slope).toBeCloseTo(0.8);
    expect(error).toBeCloseTo(Math.sqrt(3.6 / 3 / 10));
  });

  it('is none of two samples: any two lie on a line', () => {
    const trend = trendOf([
      [0, 1],
      [1, 2],
    ]);

    expect(trend.slope).toBeNaN();
    expect(courseOf(trend, 100)).toBe('inconclusive');
  });
});

describe('a course', () => {
  it('is flat when also the noise stays below what is harmless, and falling is flat', () => {
    expect(courseOf(trendOf(samples(0.01, 0.1)), 0.1)).toBe('flat');
    expect(courseOf(trendOf(samples(-5, 0.1)), 0.1)).toBe('flat');
  });

  it('grows when the slope stands out of the noise', () => {
    expect(courseOf(trendOf(samples(0.5, 0.1)), 0.1)).toBe('grows');
  });

  it('is open when the noise could be either', () => {
    expect(courseOf(trendOf(samples(0.1, 20)), 0.1)).toBe('inconclusive');
  });
});
