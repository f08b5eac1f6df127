/* eslint-disable no-template-curly-in-string -- they are Compose's, and no templates */
import { describe, expect, it } from '@jest/globals';
import { interpolate } from './interpolate.ts';

describe('interpolate', () => {
  it.each([
    ['${A}', { A: 'one' }, 'one'],
    ['${A}', {}, ''],
    ['${A:-two}', {}, 'two'],
    ['${A:-two}', { A: '' }, 'two'],
    ['${A-http://two:1}', {}, 'http://two:1'],
    ['${A-two}', { A: '' }, ''],
    ['image:${A:-two}-${B:-three}', { B: 'four' }, 'image:two-four'],
    ['no variable: $A', { A: 'one' }, 'no variable: $A'],
  ])('makes of %j, with %j, %j', (text, env, result) => {
    expect(interpolate(text, env)).toBe(result);
  });

  it.each([{}, { A: '' }])('refuses to go on without what the file demands, with its words: %j', (env) => {
    expect(() => interpolate('${A:?the issuer of your tokens}', env)).toThrow(
      'A is not set: the issuer of your tokens.',
    );
  });
});
