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
  UnsupportedMediaType,
  UriTooLong,
  ValidationFailed,
  type FieldFault,
} from './edge.errors.js';
export { PROBLEM_CONTENT_TYPE, problemOf, type Problem } from './problem.js';
export { logLevelOf, STATUS_BY_KIND, type LogLevel } from './status-by-kind.js';
export { renderErrorCatalogue, runbookOf } from './catalogue.js';
