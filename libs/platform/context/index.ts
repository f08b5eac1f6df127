export {
  currentRequest,
  newRequestContext,
  runInRequest,
  runOutsideRequest,
  type RequestContext,
} from './request-context.js';
export { pathOf } from './path-of.js';
export { newTraceId, requestIdFrom } from './request-id.js';
export { traceIdOf } from './trace-parent.js';
