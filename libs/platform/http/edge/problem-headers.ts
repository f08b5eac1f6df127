import type { AppError } from '#kernel/app-error';
import { MethodNotAllowed } from '#platform/errors';
import { RateLimited } from '#platform/rate-limit';
import { AuthenticationRequired, InsufficientScope, TokenExpired, TokenInvalid } from '#platform/security';

/** Seconds after which a refused client may come back: spread, so that they don't all come back at once. */
const RETRY_AFTER_MIN_SECONDS = 1;
export const RETRY_AFTER_MAX_SECONDS = 3;

/** What a problem says in headers besides its body. */
export function problemHeadersOf(error: AppError): Readonly<Record<string, string>> {
  if (error instanceof MethodNotAllowed) return { allow: error.allowed.join(', ') };
  if (error instanceof RateLimited) return { 'retry-after': String(error.retryAfterSeconds) };
  const challenge = challengeOf(error);
  if (challenge) return { 'www-authenticate': challenge };
  return error.transient ? { 'retry-after': String(retryAfterSeconds()) } : {};
}

/** RFC 6750, 3: no error code where no token came. */
function challengeOf(error: AppError): string | null {
  if (error instanceof AuthenticationRequired) return 'Bearer';
  if (error instanceof InsufficientScope) {
    return `Bearer error="insufficient_scope", scope="${error.required.join(' ')}"`;
  }
  if (error instanceof TokenInvalid || error instanceof TokenExpired) {
    return `Bearer error="invalid_token", error_description="${error.message}"`;
  }
  return null;
}

export const retryAfterSeconds = (): number =>
  RETRY_AFTER_MIN_SECONDS + Math.floor(Math.random() * (RETRY_AFTER_MAX_SECONDS - RETRY_AFTER_MIN_SECONDS + 1));
