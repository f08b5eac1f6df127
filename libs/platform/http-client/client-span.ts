import { pathOf } from '#platform/context';
import { activeTraceParent, type SpanDescription } from '#platform/tracing';

/** One attempt to ask another service. The query stays out: it may hold what is secret there. */
export function clientSpanOf(origin: string, path: string): SpanDescription {
  const { hostname, port, protocol } = new URL(origin);
  return {
    name: 'GET',
    kind: 'client',
    attributes: {
      'http.request.method': 'GET',
      'server.address': hostname,
      'server.port': Number(port) || (protocol === 'https:' ? 443 : 80),
      'url.full': `${protocol}//${hostname}${port && `:${port}`}${pathOf(path)}`,
    },
  };
}

/** What is told of our trace, told of the current span: to those who are told of it at all. */
export function withOwnSpan(headers: Record<string, string>): Record<string, string> {
  const traceparent = 'traceparent' in headers ? activeTraceParent() : undefined;
  return traceparent === undefined ? headers : { ...headers, traceparent };
}
