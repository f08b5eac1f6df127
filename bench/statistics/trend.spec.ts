import { describe, expect, it } from '@jest/globals';
import { courseOf, type Look, trendOf } from './trend.js';

/** Up and down by as much, so that nothing of it is a slope. */
const noise = (index: number): number => (index % 2 === 0 ? 1 : -1);
const looks = (slope: number, amplitude: number, count = 20): Look[] =>
  Array.from({ length: count }, (_, x) => ({ x, y: 50 + slope * x + amplitude * noise(x), kind: 0 }));

describe('a trend', () => {
  it('is the slope of the line, without an interval where all lie on it', () => {
    const { slope, low, high } = trendOf(looks(0.5, 0));

    expect([slope, low, high].map((each) => each.toFixed(6))).toEqual(['0.500000', '0.500000', '0.500000']);
  });

  it('has the interval that the ranks of the slopes give', () => {
    // y = 1, 3, 2, 5, 4, 7 at x = 1…6: 15 slopes from -1 to 3; √(6·5·17/18) is 5.32, so the 2nd and the 14th of them.
    const trend = trendOf([1, 3, 2, 5, 4, 7].map((y, index) => ({ x: index + 1, y, kind: 0 })));

    expect(trend).toEqual({ slope: 1, low: -1, high: 3 });
  });

  it('is not moved by a look that lies far off', () => {
    const off = looks(0.5, 0).map((look) => (look.x === 17 ? { ...look, y: 1_000 } : look));

    expect(trendOf(off).slope).toBeCloseTo(0.5);
    expect(courseOf(trendOf(off), 0.6)).toBe('flat');
  });

  it('is not touched by the levels of the kinds, in whatever order they come', () => {
    const levels = [0, -10, 40];
    const mixed = looks(0.5, 0).map((look, index) => ({
      ...look,
      kind: index % 3,
      y: look.y + (levels[index % 3] ?? 0),
    }));

    const { slope, low, high } = trendOf(mixed);

    expect([slope, low, high].map((each) => each.toFixed(6))).toEqual(['0.500000', '0.500000', '0.500000']);
  });

  it('is none of so few that chance could do anything', () => {
    const trend = trendOf(looks(1, 0, 4));

    expect(trend.slope).toBeNaN();
    expect(courseOf(trend, 100)).toBe('inconclusive');
  });
});

describe('a course', () => {
  it('is flat when also the noise stays below what is harmless, and falling is flat', () => {
    expect(courseOf(trendOf(looks(0.01, 0.1)), 0.1)).toBe('flat');
    expect(courseOf(trendOf(looks(-5, 0.1)), 0.1)).toBe('flat');
  });

  it('grows when the slope stands out of the noise', () => {
    expect(courseOf(trendOf(looks(0.5, 0.1)), 0.1)).toBe('grows');
  });

  it('is open when the noise could be either', () => {
    expect(courseOf(trendOf(looks(0.1, 20)), 0.1)).toBe('inconclusive');
  });
});
