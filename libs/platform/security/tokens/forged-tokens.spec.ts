import { createPublicKey, sign } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { encoded, newKey, TestIssuer } from '#platform/testing';
import { claimsOf, crafted, es256, hs256, newRsaKey } from '../testing/crafted-token.js';
import { Verifier } from '../testing/verifier.js';

let issuer: TestIssuer;
let verifier: Verifier;
let attacker: TestIssuer;
beforeAll(async () => {
  attacker = await TestIssuer.listening();
});
afterAll(() => attacker.close());
beforeEach(async () => {
  issuer = await TestIssuer.listening();
  verifier = new Verifier(issuer);
});
afterEach(async () => {
  await verifier.close();
  await issuer.close();
});

/** What the client is told of every token that the issuer did not sign: always the same. The fault is for our logs. */
const forged = (fault: string) => ({
  code: 'platform.token-invalid',
  kind: 'unauthenticated',
  message: 'The access token is not valid.',
  fault,
});

const publicKey = () => createPublicKey({ key: issuer.key.publicJwk, format: 'jwk' });
const unsigned = () => '';
const anySignature = () => Buffer.alloc(64, 1);

describe('what is no token', () => {
  it.each([
    ['one word', 'garbage'],
    ['two parts', 'a.b'],
    ['three words', 'a.b.c'],
    ['dots alone', '..'],
    ['a JWE', 'a.b.c.d.e'],
    ['a header that is no JSON', `${Buffer.from('{').toString('base64url')}.e30.AA`],
    ['a header that is a list', `${encoded([])}.${encoded({})}.AA`],
    ['a header that is null', `${encoded(null)}.${encoded({})}.AA`],
    ['an empty header', `${encoded({})}.${encoded({})}.AA`],
    ['an algorithm that is a number', `${encoded({ alg: 256 })}.${encoded({})}.AA`],
  ])('is refused without a question to the issuer: %s', async (_what, token) => {
    expect(await verifier.refusalOf(token)).toMatchObject(forged('malformed'));
    expect(issuer.fetches).toBe(0);
  });

  it('is refused when a part is added to a good one', async () => {
    expect(await verifier.refusalOf(`${issuer.token()}.AA`)).toMatchObject(forged('malformed'));
    expect(await verifier.refusalOf(`${issuer.token()}.AA.AA`)).toMatchObject(forged('malformed'));
  });

  it.each([
    ['a list', [1]],
    ['a text', 'x'],
    ['a number', 7],
    ['null', null],
  ])('is refused when it was signed, and its payload is %s', async (_what, payload) => {
    const token = crafted(issuer, { alg: 'ES256' }, es256(issuer.key), payload);

    expect(await verifier.refusalOf(token)).toMatchObject(forged('malformed'));
  });
});

describe('whatever comes', () => {
  const refused = { code: 'platform.token-invalid', message: 'The access token is not valid.' };

  it('is refused as a token that is not valid, and never as a fault of ours', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string(), async (token) => {
        expect(await verifier.refusalOf(token)).toMatchObject(refused);
      }),
    );
  });

  it('in the header is refused in the same way while the signature is not the issuer’s', async () => {
    const member = fc.constantFrom('alg', 'kid', 'typ', 'crit', 'b64', 'jku', 'jwk', 'x5c', 'enc', 'zip', '__proto__');
    const value = fc.oneof(fc.constantFrom('ES256', 'RS256', 'EdDSA', issuer.key.kid, 'at+jwt'), fc.jsonValue());
    await fc.assert(
      fc.asyncProperty(fc.dictionary(member, value), async (header) => {
        const token = crafted(issuer, { alg: 'ES256', ...header }, anySignature);
        expect(await verifier.refusalOf(token)).toMatchObject(refused);
      }),
    );
  });
});

describe('an algorithm of the token’s own choice', () => {
  it.each(['none', 'None', 'NONE', 'nOnE'])('is refused: %s, with a signature and without', async (alg) => {
    expect(await verifier.refusalOf(crafted(issuer, { alg }, unsigned))).toMatchObject(forged('algorithm'));
    expect(await verifier.refusalOf(crafted(issuer, { alg }, anySignature))).toMatchObject(forged('algorithm'));
    expect(await verifier.refusalOf(crafted(issuer, { alg }, es256(issuer.key)))).toMatchObject(forged('algorithm'));
  });

  it.each([
    ['its PEM', () => publicKey().export({ type: 'spki', format: 'pem' })],
    ['its DER', () => publicKey().export({ type: 'spki', format: 'der' })],
    ['its JWK', () => JSON.stringify(issuer.key.publicJwk)],
    ['nothing', () => ''],
  ])('is refused: HS256 with the public key as the secret, by %s', async (_what, secret) => {
    const token = crafted(issuer, { alg: 'HS256' }, hs256(secret()));

    expect(await verifier.refusalOf(token)).toMatchObject(forged('algorithm'));
  });

  it.each(['ES384', 'RS512', 'ES256K', 'es256', 'RSA-OAEP', 'dir'])(
    'is refused when it is not on the list: %s',
    async (alg) => {
      expect(await verifier.refusalOf(crafted(issuer, { alg }, anySignature))).toMatchObject(forged('algorithm'));
    },
  );

  it('is refused when it is on the list, and not what the key is for', async () => {
    expect(await verifier.refusalOf(crafted(issuer, { alg: 'RS256' }, es256(issuer.key)))).toMatchObject(forged('key'));
    expect(await verifier.refusalOf(crafted(issuer, { alg: 'EdDSA' }, es256(issuer.key)))).toMatchObject(forged('key'));
  });

  it('is refused when the key is published for another one of its type', async () => {
    const key = newRsaKey('rsa', { use: 'sig', alg: 'RS256' });
    issuer.answers((_request, response) =>
      response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys: [key.publicJwk] })),
    );
    const rs256 = (input: string) => sign('sha256', Buffer.from(input), key.privateKey);
    const header = { kid: key.kid };

    expect(await verifier.refusalOf(crafted(issuer, { ...header, alg: 'RS256' }, rs256))).toBeNull();
    expect(await verifier.refusalOf(crafted(issuer, { ...header, alg: 'PS256' }, rs256))).toMatchObject(forged('key'));
  });
});

describe('a signature', () => {
  it('of another key is refused, whatever the token says of the key', async () => {
    const stolen = { kid: issuer.key.kid };

    expect(await verifier.refusalOf(issuer.token({}, stolen, newKey()))).toMatchObject(forged('signature'));
    expect(await verifier.refusalOf(issuer.token({}, { kid: undefined }, newKey()))).toMatchObject(forged('signature'));
  });

  it('does not go with another payload, or another header', async () => {
    const [header, , signature] = issuer.token().split('.');
    const payload = encoded({ ...claimsOf(issuer.token()), sub: 'admin' });
    const other = encoded({ alg: 'ES256', typ: 'at+jwt', kid: issuer.key.kid, x: 1 });

    expect(await verifier.refusalOf([header, payload, signature].join('.'))).toMatchObject(forged('signature'));
    expect(await verifier.refusalOf(`${other}.${payload}.${signature}`)).toMatchObject(forged('signature'));
  });

  it.each([
    ['empty', unsigned],
    ['all zeros', () => Buffer.alloc(64)], // the "psychic" signature, CVE-2022-21449
    ['too short', () => Buffer.alloc(63, 1)],
    ['too long', () => Buffer.alloc(65, 1)],
    ['arbitrary', anySignature],
    ['in the form of a certificate', (input: string) => sign('sha256', Buffer.from(input), issuer.key.privateKey)],
  ])('is refused when it is %s', async (_what, signatureOf) => {
    const token = crafted(issuer, { alg: 'ES256' }, signatureOf);

    expect(await verifier.refusalOf(token)).toMatchObject(forged('signature'));
  });
});

describe('a key of the token’s own choice', () => {
  it.each([
    ['is unknown', 'b9a1c6c0-0000-4000-8000-000000000000'],
    ['is a path', '../../etc/passwd'],
    ['is a device', '/dev/null'],
    ['is a statement', "' UNION SELECT 'key' --"],
    ['is empty', ''],
    ['has a NUL', 'key\0'],
    ['is long', 'k'.repeat(5_000)],
    ['is a name of every object', '__proto__'],
  ])('is refused when its id %s', async (_what, kid) => {
    expect(await verifier.refusalOf(issuer.token({}, { kid }))).toMatchObject(forged('key'));
  });

  it('is refused when there are several, and the token names none', async () => {
    issuer.rotate();

    expect(await verifier.refusalOf(issuer.token({}, { kid: undefined }))).toMatchObject(forged('key'));
  });

  it.each(['jku', 'x5u'])('is refused when it is behind the URL %s, where nobody looks', async (member) => {
    const header = { [member]: attacker.env.JWKS_URL, kid: attacker.key.kid };
    const own = issuer.token({}, header, attacker.key);
    const claimed = issuer.token({}, { ...header, kid: issuer.key.kid }, attacker.key);

    expect(await verifier.refusalOf(own)).toMatchObject(forged('key'));
    expect(await verifier.refusalOf(claimed)).toMatchObject(forged('signature'));
    expect(attacker.fetches).toBe(0);
  });

  it('is refused when it comes along in the header', async () => {
    const jwk = attacker.key.publicJwk;

    expect(await verifier.refusalOf(issuer.token({}, { jwk, kid: attacker.key.kid }, attacker.key))).toMatchObject(
      forged('key'),
    );
    expect(await verifier.refusalOf(issuer.token({}, { jwk, kid: issuer.key.kid }, attacker.key))).toMatchObject(
      forged('signature'),
    );
  });

  it.each(['jku', 'x5u', 'jwk', 'x5c'])('does not harm a good token: %s is passed over', async (member) => {
    expect(await verifier.refusalOf(issuer.token({}, { [member]: attacker.env.JWKS_URL }))).toBeNull();
    expect(attacker.fetches).toBe(0);
  });
});

describe('what a token demands of its reader', () => {
  it.each([
    ['something unknown', { crit: ['exp'], exp: 1 }],
    ['nothing, in a list', { crit: [] }],
    ['what is not there', { crit: ['b64'] }],
    ['a payload that is not encoded', { crit: ['b64'], b64: false }],
    ['something in a wrong form', { crit: 'exp' }],
  ])('is not ignored (crit): %s', async (_what, header) => {
    expect(await verifier.refusalOf(issuer.token({}, header))).toMatchObject({
      code: 'platform.token-invalid',
      message: 'The access token is not valid.',
    });
  });
});
