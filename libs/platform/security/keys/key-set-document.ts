import { createPublicKey } from 'node:crypto';
import type { JSONWebKeySet, JWK } from 'jose';
import { StrictReading } from '#platform/http-client';

/** An issuer has the current key, the next one and some that still expire. */
const KEYS_MAX = 100;
const reading = new StrictReading("The token issuer's key set");
/** Key types that have a public half. A symmetric key (`oct`) in a published set would be everybody's secret. */
const PUBLIC_TYPES: ReadonlySet<unknown> = new Set(['RSA', 'EC', 'OKP']);
/** NIST SP 800-131A; RFC 7518, 3.3 demands it. */
const RSA_BITS_MIN = 2_048;
const PRIVATE_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];

/**
 * Reads a JSON Web Key Set (RFC 7517, 5). Keys that are for something else than checking signatures are passed over, as
 * are those of a kind that we don't know: an issuer may publish more than we use.
 * @throws DependencyFailure of kind `fatal` when it is no key set; nothing of it goes into the error
 */
export function keySetIn(text: string): JSONWebKeySet {
  const { keys } = reading.object(reading.json(text));
  if (!Array.isArray(keys) || keys.length > KEYS_MAX)
    throw reading.unreadable(`keys is no array of at most ${KEYS_MAX}`);
  const usable = keys.filter(checksSignatures);
  // A set of none would lock everybody out: more likely a mistake of the issuer's than its wish.
  if (usable.length === 0) throw reading.unreadable('no key in it checks signatures');
  return { keys: usable };
}

function checksSignatures(key: unknown): key is JWK {
  if (typeof key !== 'object' || key === null) return false;
  const { kty, use, key_ops: operations } = key as JWK;
  if (!PUBLIC_TYPES.has(kty) || (use !== undefined && use !== 'sig')) return false;
  if (operations !== undefined && !(Array.isArray(operations) && operations.includes('verify'))) return false;
  return PRIVATE_MEMBERS.every((member) => !(member in key)) && isSound(key);
}

/** Whether it can be imported, and is strong enough: one that isn't would be found out only by the tokens that it refuses. */
function isSound(key: JWK): boolean {
  try {
    const { asymmetricKeyType, asymmetricKeyDetails } = createPublicKey({ key, format: 'jwk' });
    if (asymmetricKeyType === 'rsa') return (asymmetricKeyDetails?.modulusLength ?? 0) >= RSA_BITS_MIN;
    return asymmetricKeyType === 'ec' || asymmetricKeyType === 'ed25519';
  } catch {
    return false;
  }
}
