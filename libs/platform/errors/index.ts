export { asAppError } from './as-app-error.js';
export {
  BodyTooLarge,
  CursorInvalid,
  HeadersTooLarge,
  InternalError,
  MalformedRequest,
  MethodNotAllowed,
  PreconditionRequired,
  ProxiedRequest,
  RequestTimedOut,
  RouteNotFound,
  ServiceUnavailable,
  UnknownHost,
  UnsupportedMediaType,
  UriTooLong,
  ValidationFailed,
  type FieldFault,
} from './edge.errors.js';
export {
  IdempotencyKeyInUse,
  IdempotencyKeyInvalid,
  IdempotencyKeyRequired,
  IdempotencyKeyReused,
} from './idempotency-key.errors.js';
export { MemoryStoreFull } from './memory-store-full.error.js';
export { instanceOf, PROBLEM_CONTENT_TYPE, problemOf, type Problem } from './problem.js';
export { LEVEL_BY_KIND, logLevelOf, STATUS_BY_KIND, type ErrorLogLevel } from './error-kinds.js';
export { renderErrorCatalogue, runbookFor, runbookOf } from './catalogue.js';
