import { describe, expect, it } from '@jest/globals';
import type { Points } from '../history/trends.js';
import { plot } from './plot.js';

const drawn = (points: Points, topMin = 1): string =>
  plot({ id: 'rate', title: 'Requests', lines: [{ name: 'rate', points }], format: (value) => `${value}/s`, topMin })
    .text;
const lineIn = (svg: string): string | undefined => /class="line line-1"\s+d="([^"]*)"/.exec(svg)?.[1];

describe('plot', () => {
  it('says in words what it shows', () => {
    const svg = drawn([1, 5, null, 2]);

    expect(svg).toContain('Requests, the last 15 minutes</title>');
    expect(svg).toContain('rate: now 2/s, at least 1/s, at most 5/s.');
    expect(drawn([null])).toContain('rate: nothing measured.');
  });

  it('ends at the right with the newest point, and stays within its height', () => {
    expect(lineIn(drawn([0, 10]))).toBe('M178.5 38.0L179.5 2.0');
  });

  it('has a gap where nothing was measured, and a dot for a point alone', () => {
    expect(lineIn(drawn([1, null, 1]))).toBe('M177.5 2.0h0.01M179.5 2.0h0.01');
  });

  it('makes no mountain of noise', () => {
    expect(lineIn(drawn([0.01, 0.02], 100))).toBe('M178.5 38.0L179.5 38.0');
  });
});
