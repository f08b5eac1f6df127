import { describe, expect, it } from '@jest/globals';
import { loadSettings, RuntimeSettings } from '#platform/config';
import { JwtSettings } from './jwt.settings.js';

const ISSUER = {
  JWT_ISSUER: 'https://login.example.com/',
  JWT_AUDIENCE: 'https://store.example.com',
  JWKS_URL: 'https://login.example.com/jwks.json',
};

/** Alone: what else production requires is not in question. */
const settings = (env: Readonly<Record<string, string>>) =>
  loadSettings({ NODE_ENV: 'test', ...env }, [JwtSettings, RuntimeSettings]).get(JwtSettings);
const inProduction = (env: Readonly<Record<string, string>>) => settings({ ...env, NODE_ENV: 'production' });

describe('JwtSettings', () => {
  it('trust nobody, within the documented bounds, unless told otherwise', () => {
    expect(settings({})).toEqual({
      issuer: undefined,
      audience: undefined,
      jwksUrl: undefined,
      algorithms: ['RS256', 'PS256', 'ES256', 'EdDSA', 'Ed25519'],
      types: ['at+jwt'],
      clockSkewSeconds: 5,
      timeoutMs: 2_000,
      maxAgeSeconds: 600,
      cooldownSeconds: 10,
      staleSeconds: 86_400,
    });
  });

  it('trust the issuer that they name', () => {
    expect(inProduction(ISSUER)).toMatchObject({
      issuer: 'https://login.example.com/',
      audience: 'https://store.example.com',
      jwksUrl: 'https://login.example.com/jwks.json',
    });
  });

  it.each(Object.keys(ISSUER))('require %s in production', (variable) => {
    expect(() => inProduction({ ...ISSUER, [variable]: '' })).toThrow(variable);
  });

  it.each(Object.keys(ISSUER))('refuse the others without %s', (variable) => {
    expect(() => settings({ ...ISSUER, [variable]: '' })).toThrow('JWT_ISSUER must be set together');
  });

  it.each(Object.entries(ISSUER))('refuse %s alone', (variable, value) => {
    expect(() => settings({ [variable]: value })).toThrow('JWT_ISSUER must be set together');
  });
});

describe('the address of the keys', () => {
  const at = (url: string) => ({ ...ISSUER, JWKS_URL: url });

  it.each([
    'https://login.example.com/jwks.json',
    'http://127.0.0.1:8080/keys',
    'http://[::1]:8080/keys',
    'http://localhost/keys',
  ])('may be %s in production', (url) => {
    expect(inProduction(at(url)).jwksUrl).toBe(url);
  });

  it.each([
    'http://login.example.com/keys',
    'http://127.0.0.1.example.com/keys',
    'http://localhost.example.com/keys',
    'http://10.0.0.7/keys',
    'file:///etc/keys.json',
  ])('may not be %s in production, and may elsewhere', (url) => {
    expect(() => inProduction(at(url))).toThrow('JWKS_URL must be https in production');
    expect(settings(at(url)).jwksUrl).toBe(url);
  });

  it.each([
    'https://user:canary@login.example.com/keys',
    'https://user@login.example.com/keys',
    'https://login.example.com/keys#canary',
  ])('has no part that would not be sent: %s', (url) => {
    const attempt = () => settings(at(url));

    expect(attempt).toThrow('JWKS_URL must have no user name, password or fragment');
    expect(attempt).not.toThrow('canary');
  });

  it.each(['ftp://login.example.com/keys', 'login.example.com/keys', 'data:application/json,{}', 'https://'])(
    'is no %s',
    (url) => {
      expect(() => settings(at(url))).toThrow('JWKS_URL');
    },
  );
});

describe('what a token may be signed with', () => {
  it.each(['HS256', 'HS384', 'HS512', 'none', 'rs256', 'RS256,HS256', ''])('is never %j', (algorithms) => {
    const set = () => settings({ JWT_ALGORITHMS: algorithms }).algorithms;

    if (algorithms === '') expect(set()).toEqual(['RS256', 'PS256', 'ES256', 'EdDSA', 'Ed25519']);
    else expect(set).toThrow('JWT_ALGORITHMS');
  });

  it('is what is on the list', () => {
    expect(settings({ JWT_ALGORITHMS: 'ES384, PS512' }).algorithms).toEqual(['ES384', 'PS512']);
  });

  it.each(['id+jwt', 'application/at+jwt', 'at+jwt,JWT,at+jwt'])('does not make a type of %s', (types) => {
    expect(() => settings({ JWT_TYPES: types })).toThrow('JWT_TYPES');
  });
});

describe('the times', () => {
  it('keep keys at least until they are renewed', () => {
    expect(() => settings({ JWKS_MAX_AGE_SECONDS: '600', JWKS_STALE_SECONDS: '599' })).toThrow('JWKS_STALE_SECONDS');
    expect(settings({ JWKS_MAX_AGE_SECONDS: '600', JWKS_STALE_SECONDS: '600' }).staleSeconds).toBe(600);
  });

  it('let no clock be wrong by more than a minute', () => {
    expect(() => settings({ JWT_CLOCK_SKEW_SECONDS: '61' })).toThrow('JWT_CLOCK_SKEW_SECONDS');
  });
});
