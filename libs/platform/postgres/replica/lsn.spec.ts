import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { laterOf, LSN_MAX, parseLsn } from './lsn.js';

describe('a place in the log', () => {
  it.each([
    ['0/0', 0n],
    ['0/1', 1n],
    ['16/B374D848', 0x16b374d848n],
    ['1/0', 0x1_0000_0000n],
    ['FFFFFFFF/FFFFFFFF', LSN_MAX],
    ['a/0000000b', 0xa_0000_000bn],
  ])('is read from %s', (text, lsn) => {
    expect(parseLsn(text)).toBe(lsn);
  });

  it('is the same number when it is written as Postgres writes it', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: LSN_MAX }), (lsn) => {
        const text = `${(lsn >> 32n).toString(16)}/${(lsn & 0xffffffffn).toString(16)}`.toUpperCase();
        return parseLsn(text) === lsn;
      }),
    );
  });

  it.each(['', '16', '/1', '1/', '1/2/3', 'G/0', ' 1/0', '123456789/0', '-1/0', null, undefined, 7])(
    'is not read from %j',
    (text) => {
      expect(() => parseLsn(text)).toThrow('no place in its log');
    },
  );

  it('comes later by its number, not by its text', () => {
    expect(laterOf(parseLsn('9/0'), parseLsn('10/0'))).toBe(parseLsn('10/0'));
    expect(laterOf(parseLsn('2/FF'), parseLsn('2/9'))).toBe(parseLsn('2/FF'));
  });
});
