import type { JWTPayload } from 'jose';
import type { Caller } from '#kernel/caller';
import { TokenInvalid } from '../authentication.errors.js';

const SUBJECT_LENGTH_MAX = 255;
const SCOPE_LENGTH_MAX = 2_048;
/** What is remembered of a token is bounded by it; an API has a dozen. */
const SCOPES_MAX = 64;
/** Printable ASCII: a subject goes into logs and columns. (RFC 7519 lets it be any string, issuers stay in this.) */
const SUBJECT = /^[\x21-\x7e]{1,255}$/;

/**
 * Who a verified token speaks of: `sub`, and the scopes of `scope` (RFC 8693, 4.2).
 * @throws TokenInvalid when the claims are not what they have to be
 */
export function callerIn({ sub, scope }: JWTPayload): Caller {
  if (typeof sub !== 'string' || !SUBJECT.test(sub)) {
    throw new TokenInvalid('claims', `The claim sub must have 1 to ${SUBJECT_LENGTH_MAX} printable characters.`);
  }
  if (scope !== undefined && (typeof scope !== 'string' || scope.length > SCOPE_LENGTH_MAX)) {
    throw new TokenInvalid('claims', `The claim scope must be a text of at most ${SCOPE_LENGTH_MAX} characters.`);
  }
  const scopes = new Set((scope ?? '').split(' ').filter((one) => one !== ''));
  if (scopes.size > SCOPES_MAX)
    throw new TokenInvalid('claims', `The claim scope must name at most ${SCOPES_MAX} scopes.`);
  return { id: sub, scopes };
}
