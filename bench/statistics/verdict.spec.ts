import { describe, expect, it } from '@jest/globals';
import { noiseOf, verdictOn, verdictOnSpread } from './verdict.js';

const AT_MOST_TWO = { is: 'at most', value: 2 } as const;
const AT_LEAST_HALF = { is: 'at least', value: 0.5 } as const;

describe('noise', () => {
  it('is how far the floors of the parts of a run lie apart', () => {
    expect(noiseOf([10, 30, 12, 40, 11, 10])).toBeCloseTo(0.2);
  });

  it('takes no account of what is above the floors', () => {
    expect(noiseOf([10, 900, 10, 900, 10, 900])).toBe(0);
  });
});

describe('a verdict', () => {
  it('is met or missed by the figure', () => {
    expect(verdictOn(AT_MOST_TWO, 1.9, 0)).toBe('met');
    expect(verdictOn(AT_MOST_TWO, 2.1, 0)).toBe('missed');
    expect(verdictOn(AT_LEAST_HALF, 0.5, 0)).toBe('met');
  });

  it('is none when the baseline itself moved by more than a fifth', () => {
    expect(verdictOn(AT_MOST_TWO, 1, 0.21)).toBe('inconclusive');
    expect(verdictOnSpread(AT_LEAST_HALF, [0.9, 0.9, 0.9], 0.21)).toBe('inconclusive');
  });

  it('is none for what was not measured', () => {
    expect(verdictOn(AT_MOST_TWO, NaN, 0)).toBe('inconclusive');
    expect(verdictOnSpread(AT_LEAST_HALF, [], 0)).toBe('inconclusive');
  });

  it('is none when the bound lies between the quartiles', () => {
    expect(verdictOnSpread(AT_LEAST_HALF, [0.4, 0.45, 0.55, 0.6], 0)).toBe('inconclusive');
    expect(verdictOnSpread(AT_LEAST_HALF, [0.55, 0.6, 0.65, 0.7], 0)).toBe('met');
    expect(verdictOnSpread(AT_LEAST_HALF, [0.3, 0.35, 0.4, 0.45], 0)).toBe('missed');
  });
});
