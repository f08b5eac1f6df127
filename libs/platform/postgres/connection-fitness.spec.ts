import { describe, expect, it } from '@jest/globals';
import { isFitAfter } from './connection-fitness.js';

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
