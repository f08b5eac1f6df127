import { describe, expect, it } from '@jest/globals';
import { DeadlineExceeded } from '#platform/deadline';
import { MethodNotAllowed, RouteNotFound, ServiceUnavailable } from '#platform/errors';
import { RateLimited } from '#platform/rate-limit';
import {
  AuthenticationRequired,
  InsufficientScope,
  TOKEN_FAULTS,
  TokenExpired,
  TokenInvalid,
} from '#platform/security';
import { problemHeadersOf } from './problem-headers.js';

const INVALID = 'Bearer error="invalid_token", error_description="The access token is not valid."';

describe('the headers of a problem', () => {
  it.each([
    [new AuthenticationRequired(), { 'www-authenticate': 'Bearer' }],
    [
      new TokenExpired(),
      { 'www-authenticate': 'Bearer error="invalid_token", error_description="The access token has expired."' },
    ],
    [
      new TokenInvalid('audience', 'The claim aud does not name this service.'),
      {
        'www-authenticate':
          'Bearer error="invalid_token", error_description="The claim aud does not name this service."',
      },
    ],
    [
      new InsufficientScope(['catalog:write', 'vault:open']),
      { 'www-authenticate': 'Bearer error="insufficient_scope", scope="catalog:write vault:open"' },
    ],
    [new RateLimited({ max: 3, windowSeconds: 60 }, 42), { 'retry-after': '42' }],
    [new MethodNotAllowed(['GET', 'HEAD']), { allow: 'GET, HEAD' }],
    [new RouteNotFound(), {}],
    [new DeadlineExceeded(5_000), {}],
  ])('say what the client needs to go on: %s', (error, headers) => {
    expect(problemHeadersOf(error)).toEqual(headers);
  });

  it.each(TOKEN_FAULTS)('do not tell one bad token from another: %s', (fault) => {
    expect(problemHeadersOf(new TokenInvalid(fault))).toEqual({ 'www-authenticate': INVALID });
  });

  it('ask to come again in 1 to 3 seconds, not all in the same one, when it passes', () => {
    const asked = Array.from({ length: 200 }, () => problemHeadersOf(new ServiceUnavailable('x'))['retry-after']);

    expect(new Set(asked)).toEqual(new Set(['1', '2', '3']));
  });
});
