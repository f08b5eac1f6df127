import { createHmac, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { encoded, type SigningKey, type TestIssuer } from '#platform/testing';

/** The claims of a token that the issuer would give. */
export const claimsOf = (token: string): Record<string, unknown> =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>;

/** A good header and good claims of this issuer, the header changed, and whatever `signatureOf` makes of them. */
export function crafted(
  issuer: TestIssuer,
  header: Record<string, unknown>,
  signatureOf: (input: string) => Buffer | string,
  payload: unknown = claimsOf(issuer.token()),
): string {
  const input = `${encoded({ typ: 'at+jwt', kid: issuer.key.kid, ...header })}.${encoded(payload)}`;
  const signature = signatureOf(input);
  return `${input}.${typeof signature === 'string' ? signature : signature.toString('base64url')}`;
}

export const es256 = (key: SigningKey) => (input: string) =>
  sign('sha256', Buffer.from(input), { key: key.privateKey, dsaEncoding: 'ieee-p1363' });

export const hs256 = (secret: string | Buffer | KeyObject) => (input: string) =>
  createHmac('sha256', secret).update(input).digest();

/** RSA keys are slow to make: one for all tests of a file. */
export function newRsaKey(kid: string, members: Record<string, unknown> = {}): SigningKey {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  return { kid, privateKey, publicJwk: { ...publicKey.export({ format: 'jwk' }), kid, ...members } };
}
