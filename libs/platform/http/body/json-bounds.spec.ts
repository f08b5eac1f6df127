import { describe, expect, it } from '@jest/globals';
import { MalformedRequest, ValidationFailed } from '#platform/errors';
import { checkJsonBounds, escapePointer, JSON_ARRAY_ITEMS_MAX, JSON_DEPTH_MAX, JSON_KEYS_MAX } from './json-bounds.js';

const nested = (depth: number): object => JSON.parse('{"a":'.repeat(depth) + '1' + '}'.repeat(depth)) as object;
const withKeys = (count: number): object =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`key${index}`, index]));
const withItems = (count: number): object => ({ list: Array.from({ length: count }, () => 1) });

const refusalOf = (body: object): unknown => {
  try {
    checkJsonBounds(body);
    return null;
  } catch (error) {
    return error;
  }
};
const faultsOf = (body: object): unknown => {
  const refusal = refusalOf(body);
  return refusal instanceof ValidationFailed ? refusal.faults : refusal;
};

describe('checkJsonBounds', () => {
  it.each([
    ['an empty object', {}],
    ['the deepest nesting', nested(JSON_DEPTH_MAX)],
    ['the most keys', withKeys(JSON_KEYS_MAX)],
    ['the longest array', withItems(JSON_ARRAY_ITEMS_MAX)],
    ['the deepest nesting of arrays', { list: JSON.parse('['.repeat(19) + ']'.repeat(19)) as unknown }],
  ])('lets %s pass', (_what, body) => {
    expect(refusalOf(body)).toBeNull();
  });

  it.each([
    ['one level more', nested(JSON_DEPTH_MAX + 1)],
    ['one level of arrays more', { list: JSON.parse('['.repeat(20) + ']'.repeat(20)) as unknown }],
    ['one key more', withKeys(JSON_KEYS_MAX + 1)],
    ['one item more', withItems(JSON_ARRAY_ITEMS_MAX + 1)],
    ['one key more, in many objects', { list: Array.from({ length: 100 }, () => withKeys(5)) }],
  ])('refuses %s', (_what, body) => {
    expect(refusalOf(body)).toBeInstanceOf(MalformedRequest);
  });

  it('names each text that can not be stored, wherever it is', () => {
    const body = { a: '\0', b: [{ 'c/d~e': 'x\ud800' }], f: 'fine' };
    expect(faultsOf(body)).toEqual([
      { pointer: '#/a', detail: expect.stringContaining('U+0000') },
      { pointer: '#/b/0/c~1d~0e', detail: expect.stringContaining('lone surrogate') },
    ]);
  });

  it('names what every object inherits as unknown, wherever it is', () => {
    const body = { constructor: 1, price: { toString: 'x' } };
    expect(faultsOf(body)).toEqual([
      { pointer: '#/constructor', detail: 'is not a known field' },
      { pointer: '#/price/toString', detail: 'is not a known field' },
    ]);
  });

  it('names twenty faults at most', () => {
    const body = { list: Array.from({ length: 100 }, () => '\0') };
    expect(faultsOf(body)).toHaveLength(20);
  });
});

describe('escapePointer', () => {
  it('escapes as RFC 6901 does: first the tilde, then the slash', () => {
    expect(escapePointer('~1/')).toBe('~01~1');
  });
});
