import { appError } from '#kernel/app-error';

export class AuthenticationRequired extends appError({
  code: 'platform.authentication-required',
  kind: 'unauthenticated',
  title: 'An access token is required',
  remedy: 'Send `Authorization: Bearer <access token>`, with a token that the issuer gave you for this service.',
}) {
  constructor() {
    super('This route needs an access token in the Authorization header, as "Bearer".');
  }
}

/** One answer to everything that is wrong with a token before its signature is proved: nothing in it can be believed. */
export class TokenInvalid extends appError({
  code: 'platform.token-invalid',
  kind: 'unauthenticated',
  title: 'The access token is not valid',
  remedy: 'Get a new access token for this service from the issuer.',
}) {
  /**
   * @param fault which check failed, of a small fixed set: for logs and metrics
   * @param detail for the client; more than the default only about claims of a token that the issuer did sign
   */
  constructor(
    readonly fault: TokenFault,
    detail = 'The access token is not valid.',
    options?: ErrorOptions,
  ) {
    super(detail, options);
  }
}

export class TokenExpired extends appError({
  code: 'platform.token-expired',
  kind: 'unauthenticated',
  title: 'The access token has expired',
  remedy: 'Get a new access token from the issuer, and send the request again.',
}) {
  constructor(options?: ErrorOptions) {
    super('The access token has expired.', options);
  }
}

/** Checks in the order in which they are made. */
export const TOKEN_FAULTS = [
  'scheme', // of the Authorization header
  'size',
  'malformed',
  'algorithm',
  'key',
  'signature',
  'issuer',
  'audience',
  'not-yet-valid',
  'type',
  'claims',
] as const;

export type TokenFault = (typeof TOKEN_FAULTS)[number];

export class InsufficientScope extends appError({
  code: 'platform.insufficient-scope',
  kind: 'forbidden',
  title: 'The access token lacks a scope',
  remedy: 'Get an access token with the scopes that the route names in docs/openapi.json.',
}) {
  constructor(readonly required: readonly string[]) {
    super(`This route needs the scope ${required.join(' ')}.`);
  }
}
