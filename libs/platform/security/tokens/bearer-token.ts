import { AuthenticationRequired, TokenInvalid } from '../authentication.errors.js';

/** Longest token that is looked at, in characters; an access token with a dozen scopes has some 1,000. */
export const TOKEN_LENGTH_MAX = 8_192;

/** RFC 6750, 2.1: the characters of a token. The scheme is case-insensitive (RFC 9110, 11.1). */
const BEARER = /^bearer +([A-Za-z0-9._~+/-]+=*) *$/i;
const SCHEME = /^bearer(?: |$)/i;

/**
 * The token of an Authorization header. A token is taken from there only: in a query string it would stand in logs.
 * @throws AuthenticationRequired when there is none of this scheme
 * @throws TokenInvalid when what is there can't be one
 */
export function bearerTokenIn(header: string | undefined): string {
  // Credentials of another kind are as good as none (RFC 6750, 3.1: then no error code is told).
  if (header === undefined || !SCHEME.test(header)) throw new AuthenticationRequired();
  if (header.length > TOKEN_LENGTH_MAX + 'Bearer '.length) throw new TokenInvalid('size');
  const token = BEARER.exec(header)?.[1];
  if (token === undefined) throw new TokenInvalid('scheme');
  return token;
}
