import { describe, expect, it } from '@jest/globals';
import { AuthenticationRequired, TokenInvalid } from '../authentication.errors.js';
import { bearerTokenIn, TOKEN_LENGTH_MAX } from './bearer-token.js';

const refusalOf = (header: string | undefined): unknown => {
  try {
    return bearerTokenIn(header);
  } catch (error) {
    return error;
  }
};

describe('the Authorization header', () => {
  it.each([
    ['Bearer a.b.c', 'a.b.c'],
    ['bearer a.b.c', 'a.b.c'],
    ['BEARER a.b.c', 'a.b.c'],
    ['Bearer  a.b.c', 'a.b.c'], // RFC 6750, 2.1: one space or more
    ['Bearer a.b.c ', 'a.b.c'],
    ['Bearer aA0-._~+/==', 'aA0-._~+/=='],
    [`Bearer ${'x'.repeat(TOKEN_LENGTH_MAX)}`, 'x'.repeat(TOKEN_LENGTH_MAX)],
  ])('holds a token: %.20s', (header, token) => {
    expect(bearerTokenIn(header)).toBe(token);
  });

  it.each([
    undefined,
    '',
    'Basic dXNlcjpwYXNz',
    'a.b.c',
    'Bearera.b.c',
    'Bearer\ta.b.c',
    ' Bearer a.b.c',
    'Token a.b.c',
  ])('that brings no Bearer token (%j) is asked for one', (header) => {
    expect(refusalOf(header)).toBeInstanceOf(AuthenticationRequired);
  });

  it.each([
    'Bearer',
    'Bearer ',
    'Bearer a.b.c, Bearer d.e.f',
    'Bearer a.b.c d',
    'Bearer "a.b.c"',
    'Bearer a=b',
    'Bearer =',
    'Bearer a\u00e9',
  ])('is refused as %j', (header) => {
    const refusal = refusalOf(header);

    expect(refusal).toBeInstanceOf(TokenInvalid);
    expect(refusal).toMatchObject({ fault: 'scheme', message: 'The access token is not valid.' });
  });

  it('is not read beyond a bound', () => {
    const refusal = refusalOf(`Bearer ${'x'.repeat(TOKEN_LENGTH_MAX + 1)}`);

    expect(refusal).toMatchObject({ fault: 'size', message: 'The access token is not valid.' });
  });
});
