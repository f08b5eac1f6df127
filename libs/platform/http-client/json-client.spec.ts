import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SettableClock } from '#kernel/testing/settable-clock';
import { DependencyFailure } from '#platform/resilience';
import { JsonClient } from './json-client.js';

const BODY_BYTES_MAX = 1_000;
const unheard = new AbortController().signal;

let server: Server;
let requests: IncomingMessage[];
let answer: (response: ServerResponse) => void;
let client: JsonClient;
beforeEach(async () => {
  requests = [];
  server = createServer((request, response) => {
    requests.push(request);
    answer(response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const bounds = { connectionsMax: 1, timeoutMs: 2_000, bodyBytesMax: BODY_BYTES_MAX };
  client = new JsonClient({ peer: 'The stock exchange', origin, ...bounds }, new SettableClock(Date.UTC(2026, 0, 15)));
});
afterEach(async () => {
  await client.close();
  server.close();
  server.closeAllConnections();
});

const answering =
  (text: string, status = 200, headers: Record<string, string> = {}) =>
  (response: ServerResponse): void =>
    void response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(text);

const get = () => client.get('/rates?of=EUR', { 'x-tone': 'polite' }, unheard);
const failureOf = async (): Promise<DependencyFailure> => {
  const error: unknown = await get().catch((reason: unknown) => reason);
  if (!(error instanceof DependencyFailure)) throw new Error(`No failure: ${String(error)}`);
  return error;
};

describe('JsonClient', () => {
  it('asks for a path, with the headers that it is given and none of its own', async () => {
    answer = answering('{}');

    expect(await get()).toBe('{}');

    expect(requests[0]).toMatchObject({ method: 'GET', url: '/rates?of=EUR' });
    expect(Object.keys(requests[0]?.headers ?? {}).sort()).toEqual(['connection', 'host', 'x-tone']);
  });

  it.each([
    'application/json',
    'APPLICATION/JSON',
    'application/json; charset=utf-8',
    'application/json ;charset=utf-8',
    'application/jwk-set+json',
    'application/vnd.rates.v2+json;v=1',
  ])('reads %s', async (type) => {
    answer = answering('[]', 200, { 'content-type': type });

    expect(await get()).toBe('[]');
  });

  it.each(['application/jsonp', 'application/json+x', 'text/json', 'application/+json', 'x application/json', ''])(
    'does not read %j',
    async (type) => {
      answer = answering('[]', 200, { 'content-type': type });

      expect(await failureOf()).toMatchObject({
        kind: 'fatal',
        message: 'The stock exchange answered something else than JSON.',
      });
    },
  );

  it('reads an answer up to the bound, and no byte more', async () => {
    answer = answering('x'.repeat(BODY_BYTES_MAX));
    expect(await get()).toHaveLength(BODY_BYTES_MAX);

    answer = answering('x'.repeat(BODY_BYTES_MAX + 1));
    expect(await failureOf()).toMatchObject({ kind: 'fatal', message: 'The answer has over 1000 bytes.' });
  });

  it.each([
    [500, 'retryable', 'The stock exchange answered 500.'],
    [503, 'retryable', 'The stock exchange answered 503.'],
    [429, 'retryable', 'The stock exchange answered 429.'],
    [408, 'retryable', 'The stock exchange answered 408.'],
    [425, 'retryable', 'The stock exchange answered 425.'],
    [400, 'rejected', 'The stock exchange answered 400.'],
    [401, 'rejected', 'The stock exchange answered 401.'],
    [404, 'rejected', 'The stock exchange answered 404.'],
    [204, 'fatal', 'The stock exchange answered 204, and not 200.'],
    [302, 'fatal', 'The stock exchange answered 302, and not 200.'],
  ])('takes the status %i as %s, and says so', async (status, kind, message) => {
    answer = answering('', status, { location: '/elsewhere' });

    expect(await failureOf()).toMatchObject({ kind, message });
    expect(requests).toHaveLength(1);
  });

  it.each([
    ['7', 7_000],
    ['Thu, 15 Jan 2026 00:00:09 GMT', 9_000],
    ['soon', undefined],
  ])('hands on what the other asks for: Retry-After: %s', async (header, waitMs) => {
    answer = answering('', 503, { 'retry-after': header });

    expect((await failureOf()).retryAfterMs).toBe(waitMs);
  });

  it('tells of a server that is not there, and what became of the attempt', async () => {
    server.close();
    server.closeAllConnections();

    const failure = await failureOf();

    expect(failure).toMatchObject({ kind: 'retryable', message: 'The stock exchange can not be reached.' });
    expect(failure.cause).toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('repeats nothing of an answer in its failures', async () => {
    for (const bad of [
      answering('canary', 500),
      answering('canary', 404),
      answering('canary', 200, { 'content-type': 'canary/x' }),
    ]) {
      answer = bad;
      expect(JSON.stringify(await failureOf(), ['message', 'cause'])).not.toContain('canary');
    }
  });

  it('ends with the signal of the attempt', async () => {
    const attempt = new AbortController();
    answer = () => attempt.abort(new Error('too long'));

    await expect(client.get('/', {}, attempt.signal)).rejects.toMatchObject({
      kind: 'retryable',
      cause: { message: 'too long' },
    });
  });
});
