import { createHash } from 'node:crypto';
import { currentRequest } from '#platform/context';

/** 132 bits of SHA-256: no two callers meet, and the memory holds no name and no address in clear. */
const KEY_CHARACTERS = 22;

/**
 * By what the caller of the current request is known again: as the user, where a token was verified, and by the address,
 * which is all that there is on a public route. Callers behind one address are taken for one, and so are answered by
 * the primary a little more often. None outside of a request.
 */
export function callerKeys(): readonly string[] {
  const request = currentRequest();
  if (!request) return [];
  const keys: string[] = [];
  if (request.caller) keys.push(keyOf('user', request.caller.id));
  if (request.clientAddress !== '') keys.push(keyOf('address', request.clientAddress));
  return keys;
}

const keyOf = (kind: string, value: string): string =>
  createHash('sha256').update(`${kind}:${value}`).digest('base64url').slice(0, KEY_CHARACTERS);
