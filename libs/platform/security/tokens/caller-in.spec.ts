import { describe, expect, it } from '@jest/globals';
import { TokenInvalid } from '../authentication.errors.js';
import { callerIn } from './caller-in.js';

const scopes = (count: number): string => Array.from({ length: count }, (_, n) => `s${n}`).join(' ');

describe('the caller of a token', () => {
  it('has its subject, and each scope once', () => {
    expect(callerIn({ sub: 'alice', scope: 'a b  a' })).toEqual({ id: 'alice', scopes: new Set(['a', 'b']) });
  });

  it('has at most 64 scopes: so much is remembered of a token', () => {
    expect(callerIn({ sub: 'alice', scope: scopes(64) }).scopes.size).toBe(64);
    expect(() => callerIn({ sub: 'alice', scope: scopes(65) })).toThrow(TokenInvalid);
  });
});
