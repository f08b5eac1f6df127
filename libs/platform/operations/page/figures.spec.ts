import { describe, expect, it } from '@jest/globals';
import { bytes, clockTime, count, duration, NOTHING, percent, rate } from './figures.js';

describe('figures', () => {
  it.each([
    [rate(0), '0/s'],
    [rate(0.05), '3/min'],
    [rate(2.25), '2.3/s'],
    [rate(1_234.4), '1\u202f234/s'],
    [duration(null), NOTHING],
    [duration(0), '0 ms'],
    [duration(0.0042), '4.2 ms'],
    [duration(0.25), '250 ms'],
    [duration(2.5), '2.5 s'],
    [duration(74), '74 s'],
    [duration(600), '10 min'],
    [duration(10_800), '3 h'],
    [duration(864_000), '10 days'],
    [percent(null), NOTHING],
    [percent(0), '0%'],
    [percent(0.0123), '1.2%'],
    [percent(0.5), '50%'],
    [bytes(5 * 1_048_576), '5 MiB'],
    [count(1_234_567), '1\u202f234\u202f567'],
  ])('%s is %s', (written, expected) => expect(written).toBe(expected));

  it('leaves the date away where it is today', () => {
    const atMs = Date.UTC(2026, 10, 26, 4, 51, 10);

    expect(clockTime(atMs, atMs + 1_000)).toBe('04:51:10');
    expect(clockTime(atMs, atMs + 86_400_000)).toBe('2026-11-26 04:51:10');
  });
});
