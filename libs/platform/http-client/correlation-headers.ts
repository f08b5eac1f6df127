import { currentRequest } from '#platform/context';
import { traceHeaders } from '#platform/tracing';

/** What a request to another service carries, so that its log lines and spans are found by the same ids as ours. */
export function correlationHeaders(): Record<string, string> {
  const request = currentRequest();
  return request ? { 'x-request-id': request.requestId, ...traceHeaders() } : {};
}
