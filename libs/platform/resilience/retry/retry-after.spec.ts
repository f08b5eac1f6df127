import { describe, expect, it } from '@jest/globals';
import { retryAfterMs } from './retry-after.js';

const NOW = new Date('2026-11-22T10:00:00Z');

describe('Retry-After', () => {
  it.each([
    ['0', 0],
    ['7', 7_000],
    [' 120 ', 120_000],
    ['Sun, 22 Nov 2026 10:00:30 GMT', 30_000],
    ['Sun, 22 Nov 2026 09:59:00 GMT', 0],
  ])('%s is %i ms', (header, expected) => {
    expect(retryAfterMs(header, NOW)).toBe(expected);
  });

  it.each(['', '-1', '1.5', 'soon', '9999999999', '2026-11-22', 'Xxx, 99 Yyy 2026 10:00:30 GMT'])(
    'says nothing as %j',
    (header) => expect(retryAfterMs(header, NOW)).toBeUndefined(),
  );

  it('says nothing when there is none, and the first of several counts', () => {
    expect([undefined, null, []].map((header) => retryAfterMs(header, NOW))).toEqual([undefined, undefined, undefined]);
    expect(retryAfterMs(['3', '9'], NOW)).toBe(3_000);
  });
});
