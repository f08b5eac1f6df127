import type { ErrorKind } from '#kernel/app-error';

/** The one table from kind to HTTP status. Exhaustive: a new kind does not compile until it has a status. */
export const STATUS_BY_KIND: Readonly<Record<ErrorKind, number>> = {
  malformed: 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  'method-not-allowed': 405,
  'request-timeout': 408,
  conflict: 409,
  stale: 412,
  'payload-too-large': 413,
  'uri-too-long': 414,
  'unsupported-media-type': 415,
  invalid: 422,
  'precondition-required': 428,
  'rate-limited': 429,
  'header-fields-too-large': 431,
  internal: 500,
  unavailable: 503,
  'deadline-exceeded': 504,
};

export type LogLevel = 'info' | 'warn' | 'error';

/** 4xx is the client's affair; 503 and 504 are an expected kind of trouble; everything else is a fault of ours. */
export function logLevelOf(status: number): LogLevel {
  if (status < 500) return 'info';
  return status === 503 || status === 504 ? 'warn' : 'error';
}
