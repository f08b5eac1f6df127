import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { loadSettings } from '#platform/config';
import { newKey, TestIssuer } from '#platform/testing';
import { JwtSettings } from '../jwt.settings.js';
import { IssuerKeys } from '../keys/issuer-keys.js';
import { NoKeySource } from '../keys/no-key-source.js';
import { Verifier } from '../testing/verifier.js';
import { AccessTokens } from './access-tokens.js';

let issuer: TestIssuer;
let verifier: Verifier;
let made: Verifier[];
beforeAll(() => {
  Logger.overrideLogger(false);
});
beforeEach(async () => {
  issuer = await TestIssuer.listening();
  made = [];
  verifier = aVerifier();
});
afterEach(async () => {
  await Promise.all(made.map((one) => one.close()));
  await issuer.close();
});

function aVerifier(env: Readonly<Record<string, string>> = {}): Verifier {
  const one = new Verifier(issuer, env);
  made.push(one);
  return one;
}

const AUDIENCE = 'https://store.test';

describe('a good access token', () => {
  it('tells who asks, and with which scopes', async () => {
    const token = issuer.token({ sub: 'storekeeper-7', scope: 'catalog:write orders:read' });

    expect(await verifier.tokens.verify(token)).toEqual({
      id: 'storekeeper-7',
      scopes: new Set(['catalog:write', 'orders:read']),
    });
  });

  it.each([
    ['is absent', undefined, []],
    ['is empty', '', []],
    ['has too many spaces', '  catalog:write   orders:read ', ['catalog:write', 'orders:read']],
    ['says one thing twice', 'catalog:write catalog:write', ['catalog:write']],
  ])('gives the scopes that are in it when the claim %s', async (_what, scope, scopes) => {
    expect(await verifier.tokens.verify(issuer.token({ scope }))).toMatchObject({ scopes: new Set(scopes) });
  });

  it.each(['at+jwt', 'AT+JWT', 'application/at+jwt', 'Application/At+Jwt'])('may call itself %s', async (typ) => {
    expect(await verifier.refusalOf(issuer.token({}, { typ }))).toBeNull();
  });

  it('may be for other services as well', async () => {
    expect(await verifier.refusalOf(issuer.token({ aud: ['https://billing.test', AUDIENCE] }))).toBeNull();
  });

  it('needs no key id while the issuer has one key', async () => {
    expect(await verifier.refusalOf(issuer.token({}, { kid: undefined }))).toBeNull();
  });

  it('may say more than we know', async () => {
    const token = issuer.token({ client_id: 'shop', roles: ['admin'], act: { sub: 'x' } }, { cty: 'x', extra: [1] });

    expect(await verifier.tokens.verify(token)).toMatchObject({ id: 'storekeeper-7' });
  });

  it.each(['a', 'x'.repeat(255), 'auth0|5f7c8ec7', '~!@#$%^&*()', 'urn:user:7'])('may be about %s', async (sub) => {
    expect(await verifier.tokens.verify(issuer.token({ sub }))).toMatchObject({ id: sub });
  });

  it('may be of the general type where JWT_TYPES says so, and of no other', async () => {
    const lenient = aVerifier({ JWT_TYPES: 'at+jwt,JWT' });

    for (const typ of ['JWT', 'jwt', 'at+jwt']) {
      expect(await lenient.refusalOf(issuer.token({}, { typ }))).toBeNull();
    }
    expect(await lenient.refusalOf(issuer.token({}, { typ: 'dpop+jwt' }))).toMatchObject({ fault: 'type' });
  });
});

describe('the claims of a token that the issuer did sign', () => {
  const invalid = (fault: string, message: string) => ({ code: 'platform.token-invalid', fault, message });
  const SUB = invalid('claims', 'The claim sub must have 1 to 255 printable characters.');
  const SCOPE = invalid('claims', 'The claim scope must be a text of at most 2048 characters.');
  const EXP = invalid('claims', 'The claim exp is not what it must be.');
  const ISS = invalid('issuer', 'The claim iss does not name the issuer that this service trusts.');
  const AUD = invalid('audience', 'The claim aud does not name this service.');
  const NBF = invalid('not-yet-valid', 'The claim nbf says that the token is not valid yet.');

  it.each([
    ['another issuer', { iss: 'https://login.example.com' }, ISS],
    ['no issuer', { iss: undefined }, ISS],
    ['an issuer that is a list', { iss: ['https://login.example.com'] }, ISS],
    ['another audience', { aud: 'https://billing.test' }, AUD],
    ['an audience that begins like ours', { aud: `${AUDIENCE}.evil.test` }, AUD],
    ['an audience in capitals', { aud: AUDIENCE.toUpperCase() }, AUD],
    ['a list of other audiences', { aud: ['https://billing.test', 'https://mail.test'] }, AUD],
    ['an empty list of audiences', { aud: [] }, AUD],
    ['no audience', { aud: undefined }, AUD],
    ['no end', { exp: undefined }, EXP],
    ['an end that is null', { exp: null }, EXP],
    ['an end that is a text', { exp: '4102444800' }, EXP],
    ['a beginning far ahead', { nbf: 4_102_444_800 }, NBF],
    ['a beginning that is a text', { nbf: '0' }, invalid('claims', 'The claim nbf is not what it must be.')],
    ['no subject', { sub: undefined }, SUB],
    ['an empty subject', { sub: '' }, SUB],
    ['a subject that is too long', { sub: 'x'.repeat(256) }, SUB],
    ['a subject that is a number', { sub: 7 }, SUB],
    ['a subject that is null', { sub: null }, SUB],
    ['a subject that is a list', { sub: ['storekeeper-7'] }, SUB],
    ['a subject with a line break', { sub: 'storekeeper-7\n' }, SUB],
    ['a subject with a NUL', { sub: 'storekeeper\0' }, SUB],
    ['a subject with a space', { sub: 'storekeeper 7' }, SUB],
    ['a subject beyond ASCII', { sub: 'störekeeper' }, SUB],
    ['scopes as a list', { scope: ['catalog:write'] }, SCOPE],
    ['scopes as an object', { scope: { 'catalog:write': true } }, SCOPE],
    ['scopes that are null', { scope: null }, SCOPE],
    ['scopes without end', { scope: 'x'.repeat(2_049) }, SCOPE],
  ])('are refused with %s, and told what is wrong', async (_what, claims, expected) => {
    expect(await verifier.refusalOf(issuer.token(claims))).toMatchObject(expected);
  });

  it.each([
    ['no type', undefined],
    ['the general type', 'JWT'],
    ["an ID token's type", 'id+jwt'],
    ['a longer type', 'at+jwt2'],
    ['a type with a parameter', 'at+jwt; v=1'],
    ['a type that is a list', ['at+jwt']],
  ])('do not help a token of %s', async (_what, typ) => {
    expect(await verifier.refusalOf(issuer.token({}, { typ }))).toMatchObject(
      invalid('type', 'The header typ does not say that this is an access token.'),
    );
  });

  it('are never compared aloud: what would have been right stays here', async () => {
    const wrong = [{ iss: 'x' }, { aud: 'x' }, { nbf: 4_102_444_800 }, { exp: 1 }, { sub: '' }];
    const messages = await Promise.all(
      wrong.map(async (claims) => String(await verifier.refusalOf(issuer.token(claims)))),
    );

    for (const message of messages) {
      expect(message).not.toContain(AUDIENCE);
      expect(message).not.toContain(issuer.url);
    }
  });
});

describe('the time of a token', () => {
  const EXPIRED = { code: 'platform.token-expired', message: 'The access token has expired.' };

  it('ends with exp, and the skew after it', async () => {
    const { now } = verifier;

    expect(await verifier.refusalOf(issuer.token({ exp: now - 4 }))).toBeNull();
    expect(await verifier.refusalOf(issuer.token({ exp: now - 5 }))).toMatchObject(EXPIRED);
    expect(await verifier.refusalOf(issuer.token({ exp: 0 }))).toMatchObject(EXPIRED);
    expect(await verifier.refusalOf(issuer.token({ exp: -1 }))).toMatchObject(EXPIRED);
  });

  it('begins with nbf, and the skew before it', async () => {
    const { now } = verifier;

    expect(await verifier.refusalOf(issuer.token({ nbf: now + 5 }))).toBeNull();
    expect(await verifier.refusalOf(issuer.token({ nbf: now + 6 }))).toMatchObject({ fault: 'not-yet-valid' });
  });

  it('is exact where no skew is allowed', async () => {
    const exact = aVerifier({ JWT_CLOCK_SKEW_SECONDS: '0' });

    expect(await exact.refusalOf(issuer.token({ exp: exact.now + 1, nbf: exact.now }))).toBeNull();
    expect(await exact.refusalOf(issuer.token({ exp: exact.now }))).toMatchObject(EXPIRED);
    expect(await exact.refusalOf(issuer.token({ nbf: exact.now + 1 }))).toMatchObject({ fault: 'not-yet-valid' });
  });
});

describe('a token that was verified', () => {
  /** Verified with the keys that are known by now: only then is it kept. */
  async function verified(claims: Record<string, unknown> = {}): Promise<string> {
    const token = issuer.token(claims);
    await verifier.tokens.verify(issuer.token());
    verifier.tokens.known(token);
    await verifier.tokens.verify(token);
    return token;
  }

  it('is known from then on, and no other is', async () => {
    const token = await verified({ sub: 'a' });

    expect(verifier.tokens.known(token)).toEqual({ id: 'a', scopes: new Set(['catalog:write']) });
    expect(verifier.tokens.known(`${token} `)).toBeNull();
    expect(verifier.tokens.known(issuer.token({ sub: 'a' }))).toBeNull();
  });

  it('is known until it expires, to the same second as it would be verified', async () => {
    const token = await verified({ exp: verifier.now + 10 });

    verifier.clock.passSeconds(14);
    expect(verifier.tokens.known(token)).not.toBeNull();
    verifier.clock.passSeconds(1);
    expect(verifier.tokens.known(token)).toBeNull();
    expect(await verifier.refusalOf(token)).toMatchObject({ code: 'platform.token-expired' });
  });

  it('is not known any more when the last good keys are too old to be believed', async () => {
    const token = await verified({ exp: verifier.now + 1_000_000 });
    issuer.answers((_request, response) => response.destroy());

    verifier.clock.passSeconds(86_399);
    expect(verifier.tokens.known(token)).not.toBeNull();
    verifier.clock.passSeconds(1);
    expect(verifier.tokens.known(token)).toBeNull();
    expect(await verifier.refusalOf(token)).toMatchObject({ kind: 'unavailable' });
  });

  it('is not kept when the keys change while it is being verified', async () => {
    const token = issuer.token();
    await verified();
    issuer.rotate({ withdraw: true });

    const [old] = await Promise.all([verifier.refusalOf(token), verifier.refusalOf(issuer.token())]);

    expect(old).toBeNull();
    expect(verifier.tokens.known(token)).toBeNull();
    expect(await verifier.refusalOf(token)).toMatchObject({ fault: 'key' });
  });

  it('is none if it was refused', async () => {
    const token = issuer.token({}, {}, newKey());
    await verifier.refusalOf(token);

    expect(verifier.tokens.known(token)).toBeNull();
  });
});

describe('without an issuer', () => {
  it('no token is valid, and no more is said', async () => {
    const settings = loadSettings({ NODE_ENV: 'test' }).get(JwtSettings);
    const keys = new IssuerKeys(new NoKeySource(), settings, verifier.clock);
    const attempt = new AccessTokens(keys, settings, verifier.clock).verify(issuer.token());

    await expect(attempt).rejects.toMatchObject({ fault: 'issuer', message: 'The access token is not valid.' });
  });
});
