import { describe, expect, it } from '@jest/globals';
import { ABSENCE_SECONDS_MAX, lengths } from './lengths.js';

const LIFETIME = { ttlSeconds: 30, staleSeconds: 120 };
const at = (random: number) => lengths(LIFETIME, false, () => random);

describe('how long a value is kept', () => {
  it('is spread by a tenth, so that what came together does not end together', () => {
    expect([at(0), at(0.5), at(1)].map(({ freshMs }) => freshMs)).toEqual([27_000, 30_000, 33_000]);
  });

  it('is as long as it may be given out', () => {
    expect(at(0.5).keptMs).toBe(150_000);
  });

  it('is short for the absence of one, which is never stale', () => {
    const absent = lengths(LIFETIME, true, () => 0.5);

    expect(absent).toEqual({ freshMs: ABSENCE_SECONDS_MAX * 1_000, keptMs: ABSENCE_SECONDS_MAX * 1_000 });
  });
});
