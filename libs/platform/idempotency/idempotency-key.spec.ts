import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { IdempotencyKeyInvalid, IdempotencyKeyRequired } from '#platform/errors';
import { idempotencyKeyIn } from './idempotency-key.js';

describe('an Idempotency-Key', () => {
  it.each([
    ['0199e1c4-5f0a-7c0e-9d55-0d6f9b1c2e3f', '0199e1c4-5f0a-7c0e-9d55-0d6f9b1c2e3f'],
    ['"0199e1c4"', '0199e1c4'],
    ['a', 'a'],
    ["!#$%&'()*+-./:;<=>?@[\\]^_`{|}~", "!#$%&'()*+-./:;<=>?@[\\]^_`{|}~"],
    ['a\\b', 'a\\b'],
    ['"a\\\\b"', 'a\\b'],
    ['"a\\"b"', 'a"b'],
    ['k'.repeat(255), 'k'.repeat(255)],
    [`"${'k'.repeat(255)}"`, 'k'.repeat(255)],
    [`"${'\\\\'.repeat(255)}"`, '\\'.repeat(255)],
  ])('%s is the key %s', (header, key) => {
    expect(idempotencyKeyIn(header)).toBe(key);
  });

  it.each([
    ['nothing', ''],
    ['a space', 'a b'],
    ['a space at its end', 'a '],
    ['a tab', 'a\tb'],
    ['a comma', 'a,b'],
    ['two headers, as Node joins them', 'a, a'],
    ['two in quotes', '"a", "a"'],
    ['a comma in quotes', '"a,b"'],
    ['a space in quotes', '"a b"'],
    ['empty quotes', '""'],
    ['one quote', '"'],
    ['quotes that are not closed', '"a'],
    ['quotes that are not opened', 'a"'],
    ['a quote within', 'a"b'],
    ['quotes that end early', '"a"b"'],
    ['a parameter behind the quotes', '"a";b=1'],
    ['an escape of nothing', '"a\\"'],
    ['an escape of a letter', '"a\\b"'],
    ['a letter beyond ASCII', 'ü'],
    ['a control character', 'a\u0000'],
    ['DEL', 'a\u007f'],
    ['256 characters', 'k'.repeat(256)],
    ['256 characters in quotes', `"${'k'.repeat(256)}"`],
    ['16 KiB', 'k'.repeat(16_384)],
  ])('is refused with %s', (_what, header) => {
    expect(() => idempotencyKeyIn(header)).toThrow(IdempotencyKeyInvalid);
  });

  it('is asked for', () => {
    expect(() => idempotencyKeyIn(undefined)).toThrow(IdempotencyKeyRequired);
  });

  it('is the same in quotes, whatever it is', () => {
    const plain = fc.stringMatching(/^[!#-+\--~]{1,255}$/);
    fc.assert(
      fc.property(plain, (key) => {
        expect(idempotencyKeyIn(`"${key.replace(/\\/g, '\\\\')}"`)).toBe(idempotencyKeyIn(key));
      }),
    );
  });
});
