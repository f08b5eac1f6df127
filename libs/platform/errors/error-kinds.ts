import { errorFact, type ErrorKind } from '#kernel/app-error';

export type ErrorLogLevel = 'info' | 'warn' | 'error';

interface KindOfError {
  readonly status: number;
  /** Of the request's line, and of the line that holds the error's causes, which only what is not `info` has. */
  readonly level: ErrorLogLevel;
}

/**
 * The one table from kind to HTTP status and log level. Exhaustive: a new kind does not compile until it has both.
 * `info` is the client's affair, `warn` an expected kind of trouble that passes, `error` a fault of ours.
 */
const KINDS: Readonly<Record<ErrorKind, KindOfError>> = {
  malformed: { status: 400, level: 'info' },
  unauthenticated: { status: 401, level: 'info' },
  forbidden: { status: 403, level: 'info' },
  'not-found': { status: 404, level: 'info' },
  'method-not-allowed': { status: 405, level: 'info' },
  'request-timeout': { status: 408, level: 'info' },
  conflict: { status: 409, level: 'info' },
  stale: { status: 412, level: 'info' },
  'payload-too-large': { status: 413, level: 'info' },
  'uri-too-long': { status: 414, level: 'info' },
  'unsupported-media-type': { status: 415, level: 'info' },
  invalid: { status: 422, level: 'info' },
  'precondition-required': { status: 428, level: 'info' },
  'rate-limited': { status: 429, level: 'info' },
  'header-fields-too-large': { status: 431, level: 'info' },
  internal: { status: 500, level: 'error' },
  unavailable: { status: 503, level: 'warn' },
  'deadline-exceeded': { status: 504, level: 'warn' },
};

const columnOf = <K extends keyof KindOfError>(column: K) =>
  Object.fromEntries(Object.entries(KINDS).map(([kind, of]) => [kind, of[column]])) as Readonly<
    Record<ErrorKind, KindOfError[K]>
  >;

export const STATUS_BY_KIND = columnOf('status');
export const LEVEL_BY_KIND = columnOf('level');

/**
 * Of an answer, by the code of its problem. A code that nobody declared is a fault, and so is a status of the 5xx that no
 * problem came with; all else without a code is no news.
 */
export function logLevelOf(code: string | undefined, status: number): ErrorLogLevel {
  if (code === undefined) return status >= 500 ? 'error' : 'info';
  const fact = errorFact(code);
  return fact ? LEVEL_BY_KIND[fact.kind] : 'error';
}
