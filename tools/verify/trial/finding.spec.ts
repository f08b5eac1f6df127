import { describe, expect, it } from '@jest/globals';
import { allOf, atLeast, atMost, fact, together, within } from './finding.ts';

describe('a finding of many', () => {
  it('holds where nothing is wrong', () => {
    expect(allOf(3, 'fields', [])).toMatchObject({ measured: '3 of 3 fields', bound: 'all of 3 fields', holds: true });
  });

  it('tells the first faults, and how many there are', () => {
    const { measured, holds } = allOf(9, 'fields', ['a', 'b', 'c', 'd', 'e']);

    expect([measured, holds]).toEqual(['5 not: a; b; c; and 2 more', false]);
  });

  it('of nothing does not hold: nothing was shown', () => {
    expect(allOf(0, 'fields', [])).toMatchObject({ holds: false });
  });
});

describe('facts', () => {
  it('hold together, and are told with what they should be', () => {
    expect(together([fact('status', 200, 200), within('took', 10.4, 20)])).toMatchObject({
      measured: 'status 200; took 10 ms',
      bound: 'status 200; took ≤ 20 ms',
      holds: true,
    });
  });

  it('that do not hold are marked', () => {
    expect(together([fact('status', 500, 200), atMost('loads', 2, 2)])).toMatchObject({
      measured: '✗ status 500; loads 2',
      holds: false,
    });
  });

  it.each([
    ['a time that was not measured', within('took', NaN, 20)],
    ['a count that is not there', fact('events', undefined, 1)],
    ['too few', atLeast('loads', 0, 1)],
    ['too many', atMost('loads', 3, 2)],
  ])('do not hold with %s', (_what, { holds }) => {
    expect(holds).toBe(false);
  });
});
