import { randomBytes } from 'node:crypto';
import { currentRequest } from '#platform/context';

const SPAN_ID_BYTES = 8;

/** What a request to another service carries, so that its log lines are found by the same ids as ours. */
export function correlationHeaders(): Record<string, string> {
  const request = currentRequest();
  if (!request) return {};
  return {
    'x-request-id': request.requestId,
    traceparent: traceParentOf(request.traceId),
  };
}

/** W3C Trace Context, 3.2; the flag says that no span was recorded for this call. */
const traceParentOf = (traceId: string): string => `00-${traceId}-${randomBytes(SPAN_ID_BYTES).toString('hex')}-00`;
