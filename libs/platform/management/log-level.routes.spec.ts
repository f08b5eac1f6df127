import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { FastifyInstance } from 'fastify';
import type { HealthService } from '#platform/health';
import { Lifecycle } from '#platform/lifecycle';
import { createLogger, FrameworkLogger, LogLevel } from '#platform/logging';
import type { MetricsRegistry } from '#platform/metrics';
import { createManagementServer } from './management-server.js';

interface Line {
  readonly level: string;
  readonly msg: string;
  readonly [field: string]: unknown;
}

let lines: Line[];
let logger: ReturnType<typeof createLogger>;
let server: FastifyInstance;

function serverAt(level: string): FastifyInstance {
  lines = [];
  const stream = { write: (line: string) => void lines.push(JSON.parse(line) as Line) };
  logger = createLogger({ level, service: 'store', version: '1.2.3' }, stream);
  return createManagementServer({
    health: {} as HealthService,
    metrics: {} as MetricsRegistry,
    lifecycle: new Lifecycle(),
    info: { name: 'store', version: '1.2.3', commit: 'abc', runtime: 'v26' },
    logLevel: new LogLevel(logger),
    logger,
  });
}

beforeEach(() => {
  jest.useFakeTimers({
    doNotFake: ['hrtime', 'nextTick', 'performance', 'queueMicrotask', 'setImmediate', 'clearImmediate'],
  });
  server = serverAt('info');
});
afterEach(async () => {
  jest.useRealTimers();
  await server.close();
});

const put = (payload: string, headers: Record<string, string> = {}) =>
  server.inject({
    method: 'PUT',
    url: '/log-level',
    headers: { 'content-type': 'application/json', 'user-agent': 'curl/8', ...headers },
    payload,
  });
const wish = (body: object, headers?: Record<string, string>) => put(JSON.stringify(body), headers);
const current = async (): Promise<unknown> => (await server.inject({ url: '/log-level' })).json();

const CONFIGURED = { level: 'info', configuredLevel: 'info', until: null };

describe('the level of the log', () => {
  it('is told', async () => {
    expect(await current()).toEqual(CONFIGURED);
  });

  it('is another for as long as was asked for, for every logger of the process', async () => {
    const framework = FrameworkLogger.over(logger);
    const answer = await wish({ level: 'debug', forSeconds: 60 });
    const until = new Date(Date.now() + 60_000).toISOString();
    framework.debug('from Nest');
    logger.child({}).debug('from a child');

    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toEqual({ level: 'debug', configuredLevel: 'info', until });
    expect(lines.slice(1).map(({ msg }) => msg)).toEqual(['from Nest', 'from a child']);
    jest.advanceTimersByTime(59_999);
    expect(await current()).toMatchObject({ level: 'debug' });
    jest.advanceTimersByTime(1);
    expect(await current()).toEqual(CONFIGURED);
    framework.debug('not any more');
    expect(lines.at(-1)).toMatchObject({ level: 'warn', msg: 'log level is the configured one again', from: 'debug' });
  });

  it('is another for ten minutes where nobody says for how long', async () => {
    await wish({ level: 'trace' });
    jest.advanceTimersByTime(599_999);
    expect(await current()).toMatchObject({ level: 'trace' });
    jest.advanceTimersByTime(1);
    expect(await current()).toEqual(CONFIGURED);
  });

  it('is what was asked for last', async () => {
    await wish({ level: 'trace', forSeconds: 10 });
    await wish({ level: 'debug', forSeconds: 60 });
    jest.advanceTimersByTime(10_000);
    expect(await current()).toMatchObject({ level: 'debug' });

    await wish({ level: 'info' });
    expect(await current()).toEqual(CONFIGURED);
    jest.advanceTimersByTime(3_600_000);
    expect(lines.map(({ msg }) => msg)).toEqual(Array(3).fill('log level changed'));
  });

  it.each(['info', 'error', 'silent'])('is told of in the log when it changes, from %s to less', async (configured) => {
    await server.close();
    server = serverAt(configured);
    await wish({ level: 'error' });
    await wish({ level: 'debug' });

    expect(lines).toMatchObject([
      { level: 'warn', msg: 'log level changed', from: configured, to: 'error', clientAddress: '127.0.0.1' },
      { level: 'warn', msg: 'log level changed', from: 'error', to: 'debug', userAgent: 'curl/8' },
    ]);
  });
});

describe('what is not the way to change the level', () => {
  const refused = async (
    answer: Awaited<ReturnType<typeof put>>,
    status: number,
    code: string,
    pointers?: string[],
  ) => {
    const problem: { errors?: { pointer: string }[] } = answer.json();
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([
      status,
      'application/problem+json; charset=utf-8',
    ]);
    expect(problem).toMatchObject({ status, code });
    if (pointers) expect(problem.errors?.map(({ pointer }) => pointer)).toEqual(pointers);
    expect(await current()).toEqual(CONFIGURED);
    expect(lines).toEqual([]);
  };

  it.each([
    [{ level: 'verbose' }, ['#/level']],
    [{ level: 'silent' }, ['#/level']],
    [{ level: 'fatal' }, ['#/level']],
    [{ level: ['debug'] }, ['#/level']],
    [{}, ['#/level']],
    [{ level: 'debug', forSeconds: 0 }, ['#/forSeconds']],
    [{ level: 'debug', forSeconds: 3601 }, ['#/forSeconds']],
    [{ level: 'debug', forSeconds: 1.5 }, ['#/forSeconds']],
    [{ level: 'debug', forSeconds: '60' }, ['#/forSeconds']],
    [{ level: 'debug', forSeconds: null }, ['#/forSeconds']],
    [{ level: 'debug', logger: 'x' }, ['#/logger']],
    [{ level: 7, forSeconds: -1 }, ['#/level', '#/forSeconds']],
    [[], ['#']],
  ])('is %j', async (body, pointers) => {
    await refused(await wish(body), 400, 'platform.validation-failed', pointers);
  });

  it.each(['', '{"level":', 'null', '"debug"'])('is the body %j', async (payload) => {
    const answer = await put(payload);
    expect(answer.statusCode).toBe(400);
    expect(await current()).toEqual(CONFIGURED);
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/xml'])(
    'is a body that is %s',
    async (type) => {
      const answer = await put('{"level":"debug"}', { 'content-type': type });
      await refused(answer, 415, 'platform.unsupported-media-type');
    },
  );

  it('is a body of more than a kilobyte', async () => {
    const answer = await wish({ level: 'debug', padding: 'x'.repeat(1024) });
    await refused(answer, 413, 'platform.body-too-large');
  });

  it.each([
    ['of another site', { origin: 'https://evil.test', 'sec-fetch-site': 'cross-site' }],
    ['of no origin that it tells', { origin: 'null' }],
    ['of ours', { origin: 'http://127.0.0.1:9090', host: '127.0.0.1:9090', 'sec-fetch-site': 'same-origin' }],
  ])('is a web page %s', async (_whose, headers) => {
    await refused(await wish({ level: 'debug' }, headers), 403, 'platform.browser-request');
  });

  it('is a web page of a rebound name', async () => {
    const headers = { origin: 'http://evil.test:9090', host: 'evil.test:9090', 'sec-fetch-site': 'same-origin' };
    await refused(await wish({ level: 'debug' }, headers), 403, 'platform.unknown-host');
  });

  it('is a proxy', async () => {
    await refused(
      await wish({ level: 'debug' }, { 'x-forwarded-for': '203.0.113.9' }),
      403,
      'platform.proxied-request',
    );
  });

  it.each(['POST', 'DELETE', 'PATCH'] as const)('is %s', async (method) => {
    const answer = await server.inject({ method, url: '/log-level', payload: { level: 'debug' } });
    expect(answer.statusCode).toBe(404);
  });

  it('is what a browser asks for first: nobody answers it', async () => {
    const headers = { origin: 'https://evil.test', 'access-control-request-method': 'PUT' };
    const answer = await server.inject({ method: 'OPTIONS', url: '/log-level', headers });

    expect(answer.statusCode).toBe(404);
    expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
  });
});
