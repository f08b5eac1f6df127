import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { DependencyFailure } from '#platform/resilience';
import { newKey } from '#platform/testing';
import { newRsaKey } from '../testing/crafted-token.js';
import { keySetIn } from './key-set-document.js';

const KEYS_MAX = 100;
const aKey = () => newKey().publicJwk;
const shortRsa = () => generateKeyPairSync('rsa', { modulusLength: 1_024 }).publicKey.export({ format: 'jwk' });
const kidsIn = (...keys: unknown[]) => keySetIn(JSON.stringify({ keys })).keys.map(({ kid }) => kid);

describe('a key set', () => {
  it('gives its keys as they are', () => {
    const keys = [aKey(), newRsaKey('rsa').publicJwk];

    expect(keySetIn(JSON.stringify({ keys, issued: 'today' }))).toEqual({ keys });
  });

  it.each([
    ['for encryption', { use: 'enc' }],
    ['for other operations', { key_ops: ['sign'] }],
    ['for operations in a wrong form', { key_ops: 'verify' }],
    ['of an unknown type', { kty: 'AKP' }],
    ['of no type', { kty: undefined }],
    ['that are secrets', { kty: 'oct', k: 'c2VjcmV0' }],
    ['with their private half', { d: 'AAAA' }],
    ['with a part of their private half', { p: 'AAAA' }],
    ['that are off their curve', { x: 'AAAA' }],
    ['on a curve that signs nothing here', { kty: 'OKP', crv: 'X25519' }],
    ['with members of a wrong type', { kty: 'RSA', n: 123, e: {} }],
    ['that are too short', shortRsa()],
  ])('may hold keys %s: they are passed over', (_what, members) => {
    const good = aKey();

    expect(kidsIn({ ...aKey(), ...members }, good)).toEqual([good['kid']]);
  });

  it.each([null, 7, 'key', [], true])('may hold what is no key at all: %j', (nonsense) => {
    const good = aKey();

    expect(kidsIn(nonsense, good)).toEqual([good['kid']]);
  });

  it.each([
    ['that say nothing of their use', { use: undefined, alg: undefined }],
    ['that name the operation', { use: undefined, key_ops: ['verify'] }],
    ['with a certificate', { x5c: ['AAAA'], x5t: 'AAAA' }],
  ])('gives keys %s', (_what, members) => {
    const key: Record<string, unknown> = { ...aKey(), ...members };

    expect(kidsIn(key)).toEqual([key['kid']]);
  });

  it(`has at most ${KEYS_MAX} keys`, () => {
    const keys = (count: number) => Array.from({ length: count }, (_, n) => ({ ...aKey(), kid: `k${n}` }));

    expect(kidsIn(...keys(KEYS_MAX))).toHaveLength(KEYS_MAX);
    expect(() => kidsIn(...keys(KEYS_MAX + 1))).toThrow(DependencyFailure);
  });

  it.each([
    ['no JSON', 'canary'],
    ['nothing', ''],
    ['null', 'null'],
    ['a list', '[{"canary":1}]'],
    ['a text', '"canary"'],
    ['an object without keys', '{"canary":[]}'],
    ['keys that are an object', '{"keys":{"canary":1}}'],
    ['no keys', '{"keys":[],"canary":1}'],
    ['no usable key', '{"keys":[{"kty":"oct","k":"canary"}]}'],
  ])('is none when it is %s, and nothing of it is repeated', (_what, text) => {
    const attempt = () => keySetIn(text);

    expect(attempt).toThrow(DependencyFailure);
    expect(attempt).not.toThrow('canary');
  });
});
