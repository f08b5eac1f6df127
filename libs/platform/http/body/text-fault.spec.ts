import { describe, expect, it } from '@jest/globals';
import { nameFault } from './name-fault.js';
import { textFault } from './text-fault.js';

describe('textFault', () => {
  it.each(['', 'plain', 'Käse', '😀', '\u0001', '\uffff', '\ud83d\ude00'])('finds none in %j', (text) => {
    expect(textFault(text)).toBeNull();
  });

  it.each(['\0', 'a\0b', `${'x'.repeat(1000)}\0`])('finds a NUL', (text) => {
    expect(textFault(text)).toContain('U+0000');
  });

  it.each(['\ud800', 'a\udc00', '\udc00\ud800', '😀\ud83d'])('finds a lone surrogate', (text) => {
    expect(textFault(text)).toContain('lone surrogate');
  });
});

describe('nameFault', () => {
  it.each(['sku', 'a/b', '', 'Constructor', '0'])('finds none in %j', (name) => {
    expect(nameFault(name)).toBeNull();
  });

  it.each(['constructor', '__proto__', 'toString', 'valueOf', 'hasOwnProperty', '__defineGetter__', 'prototype'])(
    'knows that %s is no field',
    (name) => {
      expect(nameFault(name)).toBe('is not a known field');
    },
  );
});
