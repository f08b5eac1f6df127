import * as errors from 'jose/errors';
import { AppError } from '#kernel/app-error';
import { ClientDisconnected } from '#platform/deadline';
import { TokenExpired, TokenInvalid, type TokenFault } from '../authentication.errors.js';

/** Checks on claims come after that of the signature: what they say may be told to whoever holds the token. */
const FAULT_BY_CLAIM: Readonly<Record<string, readonly [fault: TokenFault, detail: string]>> = {
  iss: ['issuer', 'The claim iss does not name the issuer that this service trusts.'],
  aud: ['audience', 'The claim aud does not name this service.'],
  nbf: ['not-yet-valid', 'The claim nbf says that the token is not valid yet.'],
};

/**
 * What jose has thrown, as the answer to the client. An outage of the issuer passes through as it is; everything that
 * jose or the crypto under it says of a token is the token's fault, since all of it is input.
 */
export function faultOf(error: unknown): Error {
  if (error instanceof AppError || error instanceof ClientDisconnected) return error;
  const options = { cause: error };
  if (error instanceof errors.JWTExpired) return new TokenExpired(options);
  if (error instanceof errors.JWTClaimValidationFailed) {
    const known = error.reason === 'invalid' ? undefined : FAULT_BY_CLAIM[error.claim]; // invalid: of another type
    const [fault, detail] = known ?? otherClaim(error.claim);
    return new TokenInvalid(fault, detail, options);
  }
  if (error instanceof errors.JOSEAlgNotAllowed) return new TokenInvalid('algorithm', undefined, options);
  if (error instanceof errors.JWSSignatureVerificationFailed) return new TokenInvalid('signature', undefined, options);
  if (error instanceof errors.JWKSNoMatchingKey) return new TokenInvalid('key', undefined, options);
  if (error instanceof errors.JWKSMultipleMatchingKeys) return new TokenInvalid('key', undefined, options);
  return new TokenInvalid('malformed', undefined, options);
}

const otherClaim = (claim: string): readonly [fault: TokenFault, detail: string] => [
  'claims',
  `The claim ${claim} is not what it must be.`,
];
