import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { VERIFIED_TOKENS_MAX, VerifiedTokens } from './verified-tokens.js';

const KEYS = 0;
const NOW_MS = 1_000;
const caller = (id: string) => ({ id, scopes: new Set<string>() });
const verified = (id: string, expiresAtMs = NOW_MS + 1) => ({ caller: caller(id), expiresAtMs });

describe('VerifiedTokens', () => {
  it('finds a token again until the moment when it expires', () => {
    const tokens = new VerifiedTokens();
    tokens.keep('a.b.c', verified('one', 2_000), KEYS);

    expect(tokens.find('a.b.c', KEYS, 1_999)).toEqual(caller('one'));
    expect(tokens.find('a.b.c', KEYS, 2_000)).toBeNull();
    expect(tokens.find('a.b.c', KEYS, 1_999)).toBeNull(); // forgotten, and not only passed over
  });

  it('finds no other', () => {
    const tokens = new VerifiedTokens();
    tokens.keep('a.b.c', verified('one'), KEYS);

    expect(tokens.find('a.b.d', KEYS, NOW_MS)).toBeNull();
    expect(tokens.find('', KEYS, NOW_MS)).toBeNull();
  });

  it('forgets all when the keys change', () => {
    const tokens = new VerifiedTokens();
    tokens.keep('a', verified('one'), KEYS);

    expect(tokens.find('b', KEYS + 1, NOW_MS)).toBeNull();
    expect(tokens.find('a', KEYS + 1, NOW_MS)).toBeNull();
  });

  it('keeps nothing that was verified with other keys', () => {
    const tokens = new VerifiedTokens();
    tokens.find('a', KEYS + 1, NOW_MS);
    tokens.keep('a', verified('one'), KEYS);

    expect(tokens.find('a', KEYS + 1, NOW_MS)).toBeNull();
  });

  it('keeps so many and no more: the one that came first goes', () => {
    const tokens = new VerifiedTokens();
    for (let n = 0; n <= VERIFIED_TOKENS_MAX; n += 1) tokens.keep(`token-${n}`, verified(`user-${n}`), KEYS);

    expect(tokens.find('token-0', KEYS, NOW_MS)).toBeNull();
    expect(tokens.find('token-1', KEYS, NOW_MS)).toEqual(caller('user-1'));
    expect(tokens.find(`token-${VERIFIED_TOKENS_MAX}`, KEYS, NOW_MS)).toEqual(caller(`user-${VERIFIED_TOKENS_MAX}`));
  });

  it('pushes nobody out for a token that it has already', () => {
    const tokens = new VerifiedTokens();
    for (let n = 0; n < VERIFIED_TOKENS_MAX; n += 1) tokens.keep(`token-${n}`, verified(`user-${n}`), KEYS);
    tokens.keep('token-5', verified('user-5'), KEYS);

    expect(tokens.find('token-0', KEYS, NOW_MS)).toEqual(caller('user-0'));
  });

  it('holds no token in its memory', () => {
    const tokens = new VerifiedTokens();
    tokens.keep('the-token-itself', verified('one'), KEYS);

    expect(inspect(tokens, { depth: 9, showHidden: true })).not.toContain('the-token-itself');
  });
});
