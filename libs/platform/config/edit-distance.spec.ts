import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { editDistance } from './edit-distance.js';

describe('the edit distance', () => {
  it.each([
    ['DATABASE_URL', 'DATABASE_URL', 0],
    ['DATABSE_URL', 'DATABASE_URL', 1],
    ['DATABASE_ULR', 'DATABASE_URL', 1],
    ['DATABASE_URI', 'DATABASE_URL', 1],
    ['ADTABASE_ULR', 'DATABASE_URL', 2],
    ['', 'AB', 2],
  ])('from %j to %j is %i', (a, b, distance) => {
    expect(editDistance(a, b, 5)).toBe(distance);
  });

  it('stops counting past the limit', () => {
    expect(editDistance('ABCDEFGH', 'HGFEDCBA', 2)).toBe(3);
    expect(editDistance('A', 'ABCDEFGH', 2)).toBe(3);
  });

  it('is the same both ways', () => {
    const aName = fc.string({ unit: fc.constantFrom('A', 'B', '_'), maxLength: 8 });
    fc.assert(fc.property(aName, aName, (a, b) => editDistance(a, b, 8) === editDistance(b, a, 8)));
  });
});
