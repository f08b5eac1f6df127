import { describe, expect, it } from '@jest/globals';
import { isFitAfter, wasRefused } from './connection-fitness.js';
import { DatabaseConflict, DatabaseTimeout, DatabaseUnavailable } from './database.errors.js';

describe('isFitAfter', () => {
  it.each(['23505', '23514', '57014', '55P03', '40P01', '42P01'])('keeps the connection after SQLSTATE %s', (code) => {
    expect(isFitAfter({ code })).toBe(true);
  });

  it.each(['08006', '57P01', '57P02', '25006', '0A000', '26000'])('gives it up after SQLSTATE %s', (code) => {
    expect(isFitAfter({ code })).toBe(false);
  });

  it.each([new Error('Query read timeout'), { code: 'ECONNRESET' }, { code: 'EPIPE' }, undefined])(
    'gives it up after %p, which is no answer of the server',
    (error) => {
      expect(isFitAfter(error)).toBe(false);
    },
  );
});

const ofState = (code: string): Error => Object.assign(new Error('said by the server'), { code });

describe('what the server has refused', () => {
  it.each<[string, unknown]>([
    ['a violated constraint', ofState('23505')],
    ['a lock that was not free in time', new DatabaseTimeout({ cause: ofState('55P03') })],
    ['a lost race', new DatabaseConflict({ cause: ofState('40001') })],
  ])('is not done: %s', (_what, error) => {
    expect(wasRefused(error)).toBe(true);
  });

  it.each<[string, unknown]>([
    ['a socket that broke', new DatabaseUnavailable({ cause: Object.assign(new Error('x'), { code: 'ECONNRESET' }) })],
    ['a server that ends', new DatabaseUnavailable({ cause: ofState('57P01') })],
    ['a silence', new DatabaseTimeout({ cause: new Error('Query read timeout') })],
    ['something else', new Error('x')],
  ])('leaves nobody in the dark, unlike %s', (_what, error) => {
    expect(wasRefused(error)).toBe(false);
  });
});
