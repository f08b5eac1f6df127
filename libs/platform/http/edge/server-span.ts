import type { IncomingMessage } from 'node:http';
import type { FastifyRequest } from 'fastify';
import { parseTraceParent } from '#platform/context';
import { loggedPath } from '#platform/logging';
import { activeTracer, type EntrySpan, type SpanAttributes } from '#platform/tracing';
import { Overloaded } from '../shedding/load-shedder.js';
import { ROUTE_UNMATCHED, STATUS_CLIENT_CLOSED, type ResponseOutcome } from './response-observer.js';

/** Methods of OpenTelemetry's `http.request.method`; any other is `_OTHER`, so that a client can't add names. */
export const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;
const KNOWN_METHODS: ReadonlySet<string> = new Set(METHODS);

export const knownMethod = (method: string): string => (KNOWN_METHODS.has(method) ? method : '_OTHER');

/**
 * The span of a request, as a part of the caller's trace if its `traceparent` is valid; undefined while tracing is off.
 * `baggage` is not read: nobody outside may put words into what we tell others.
 */
export const beginServerSpan = ({ headers }: IncomingMessage): EntrySpan | undefined =>
  activeTracer()?.enter('server', { parent: parseTraceParent(headers.traceparent), state: headers.tracestate });

/** Tells of the answer: by the route's template, without the query, and with the code of the problem if it was one. */
export function endServerSpan(span: EntrySpan, request: FastifyRequest, outcome: ResponseOutcome): void {
  const { method, route, status, context } = outcome;
  const known = knownMethod(method);
  const name = route === ROUTE_UNMATCHED ? known : `${known} ${route}`;
  const tell = () => ({ name, attributes: attributesOf(request, outcome) });
  if (status < 500) return span.end(tell);
  // What is refused for want of room is no news each, and must cost nothing.
  span.end(tell, { type: context.errorCode ?? String(status), keep: context.errorCode !== Overloaded.fact.code });
}

function attributesOf(
  request: FastifyRequest,
  { method, route, status, url, context }: ResponseOutcome,
): SpanAttributes {
  const departed = status === STATUS_CLIENT_CLOSED;
  return {
    'http.request.method': knownMethod(method),
    'http.route': route === ROUTE_UNMATCHED ? undefined : route,
    'http.response.status_code': departed ? undefined : status,
    'url.path': loggedPath(url),
    'url.scheme': request.protocol,
    'network.protocol.version': request.raw.httpVersion,
    'client.address': context.clientAddress || undefined,
    'user.id': context.caller?.id,
    'error.type': departed ? 'client_closed' : context.errorCode,
    'mainstay.request.id': context.requestId,
  };
}
