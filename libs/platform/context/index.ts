export { DEGRADED_FEATURES_MAX, noteDegraded } from './degraded.js';
export {
  currentRequest,
  newRequestContext,
  runInRequest,
  runOutsideRequest,
  type RequestContext,
} from './request-context.js';
export { pathOf } from './path-of.js';
export { newTraceId, requestIdFrom } from './request-id.js';
export { formatTraceParent, newTraceParent, parseTraceParent, traceIdOf, type TraceParent } from './trace-parent.js';
