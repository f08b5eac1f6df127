import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { newRequestContext, runInRequest } from '#platform/context';
import { ClientDisconnected, Deadline, DeadlineExceeded } from '#platform/deadline';
import { correlationHeaders, JsonClient } from '#platform/http-client';
import { DependencyFailure, TimeSpent } from '#platform/resilience';
import { recordedTracing, type RecordedTracing } from './testing/recorded-tracing.js';
import { activeTracer } from './tracer.js';

const JSON_TYPE = { 'content-type': 'application/json' };
const PATH = '/v1/products/1?token=secret';

let tracing: RecordedTracing;
let server: Server;
let client: JsonClient;
let asked: IncomingHttpHeaders;
let answer: (response: ServerResponse) => unknown;
beforeEach(async () => {
  tracing = recordedTracing();
  answer = (response) => response.writeHead(200, JSON_TYPE).end('{}');
  server = createServer((request, response) => {
    asked = request.headers;
    answer(response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const bounds = { connectionsMax: 1, timeoutMs: 5_000, bodyBytesMax: 1_024 };
  client = new JsonClient({ peer: 'The other', origin, ...bounds }, { now: () => new Date() });
});
afterEach(async () => {
  tracing.off();
  await client.close();
  server.close();
  server.closeAllConnections();
});

/** Within the span of a request, which has its correlation to pass on, or has none. */
const ask = (
  headers: () => Record<string, string>,
  signal = new AbortController().signal,
): Promise<string> | undefined => {
  const request = newRequestContext({ deadline: new Deadline(5_000) });
  const attempt = () => client.get(PATH, headers(), signal);
  return activeTracer()
    ?.enter('server', { parent: null })
    .run(() => runInRequest(request, attempt));
};

describe('an attempt to ask another service', () => {
  it('is a span, of which the other is told, and of no baggage', async () => {
    await ask(correlationHeaders);

    const [span] = tracing.spans;
    expect(span).toMatchObject({ name: 'GET', kind: SpanKind.CLIENT, status: { code: SpanStatusCode.UNSET } });
    expect(asked['traceparent']).toBe(`00-${span?.spanContext().traceId}-${span?.spanContext().spanId}-01`);
    expect(asked['baggage']).toBeUndefined();
    expect(span?.attributes).toMatchObject({ 'http.response.status_code': 200, 'server.address': '127.0.0.1' });
    expect(String(span?.attributes['url.full'])).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/v1\/products\/1$/);
  });

  it('tells nothing to whom nothing is told', async () => {
    await ask(() => ({}));

    expect(asked['traceparent']).toBeUndefined();
    expect(tracing.spans).toHaveLength(1);
  });

  it.each<[string, (response: ServerResponse) => unknown, string]>([
    ['a status', (response) => response.writeHead(503).end(), '503'],
    ['a refusal', (response) => response.writeHead(404).end(), '404'],
    ['no JSON', (response) => response.writeHead(200, { 'content-type': 'text/html' }).end(), 'not_json'],
    ['too much', (response) => response.writeHead(200, JSON_TYPE).end('x'.repeat(2_000)), 'too_large'],
    ['no answer', (response) => response.destroy(), 'UND_ERR_SOCKET'],
    [
      'half an answer',
      (response) => response.writeHead(200, { ...JSON_TYPE, 'content-length': 9 }).write('{', () => response.destroy()),
      'UND_ERR_SOCKET',
    ],
  ])('is failed after %s, and says why', async (_what, answering, type) => {
    answer = answering;
    await expect(ask(correlationHeaders)).rejects.toBeInstanceOf(DependencyFailure);

    expect(tracing.spans[0]).toMatchObject({
      status: { code: SpanStatusCode.ERROR },
      attributes: { 'error.type': type },
    });
  });

  it('is failed where nobody is there', async () => {
    server.close();
    await expect(ask(correlationHeaders)).rejects.toBeInstanceOf(DependencyFailure);

    expect(tracing.spans[0]?.attributes).toMatchObject({ 'error.type': 'ECONNREFUSED' });
  });

  it.each([
    ['its time is over', new TimeSpent('attempt', 1), 'timeout', SpanStatusCode.ERROR],
    ['that of the request is', new DeadlineExceeded(1), 'platform.deadline-exceeded', SpanStatusCode.ERROR],
    ['the client has gone', new ClientDisconnected(), 'cancelled', SpanStatusCode.UNSET],
    ['nobody wants its answer', undefined, 'cancelled', SpanStatusCode.UNSET],
  ])('that is ended because %s says so', async (_why, reason, type, code) => {
    const attempt = new AbortController();
    answer = () => attempt.abort(reason);
    await expect(ask(correlationHeaders, attempt.signal)).rejects.toBeInstanceOf(DependencyFailure);

    expect(tracing.spans[0]).toMatchObject({ status: { code }, attributes: { 'error.type': type } });
  });
});
