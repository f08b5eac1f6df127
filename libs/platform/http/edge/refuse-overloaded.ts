import type { ServerResponse } from 'node:http';
import type { RequestContext } from '#platform/context';
import { instanceOf, PROBLEM_CONTENT_TYPE, problemOf } from '#platform/errors';
import { Overloaded } from '../shedding/load-shedder.js';
import { retryAfterSeconds } from './problem-headers.js';
import { API_HEADERS } from './security-headers.js';

/** One for all: where it was made says nothing, and a stack for each would cost more than the rest of a refusal. */
export const OVERLOADED = new Overloaded();

const { type, title, status, detail, code } = problemOf(OVERLOADED, { url: '', requestId: '', traceId: '' });
/** Of the JSON object, all but what is of one occurrence, and the end. */
const BODY_BEGINNING = JSON.stringify({ type, title, status, detail, code }).slice(0, -1);

const FIXED_HEADERS: readonly string[] = Object.entries({
  ...API_HEADERS,
  'content-type': PROBLEM_CONTENT_TYPE,
  'cache-control': 'no-store',
}).flat();

const CLOSING: readonly string[] = ['connection', 'close'];

/**
 * The answer that `sendProblem` would give, word for word, at a fraction of the cost: all that is alike in each refusal is
 * rendered once, and what a handler may have set does not have to be taken back, since none was reached.
 */
export function refuseOverloaded(
  response: ServerResponse,
  { requestId, traceId }: Pick<RequestContext, 'requestId' | 'traceId'>,
  { url, closes }: { readonly url: string; readonly closes: boolean },
): void {
  // Neither id can hold what JSON would have to escape: see `requestIdFrom` and `parseTraceParent`.
  const occurrence = `,"instance":${JSON.stringify(instanceOf(url))},"requestId":"${requestId}","traceId":"${traceId}"}`;
  const body = BODY_BEGINNING + occurrence;
  const headers = FIXED_HEADERS.concat([
    ...['x-request-id', requestId, 'retry-after', String(retryAfterSeconds())],
    ...['content-length', String(Buffer.byteLength(body))],
  ]);
  response.writeHead(status, closes ? headers.concat(CLOSING) : headers).end(body);
}
