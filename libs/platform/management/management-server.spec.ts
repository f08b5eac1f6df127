import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { HealthCheckResult } from '@nestjs/terminus';
import type { FastifyInstance } from 'fastify';
import type { HealthService } from '#platform/health';
import { Lifecycle } from '#platform/lifecycle';
import { createLogger, LogLevel } from '#platform/logging';
import type { MetricsRegistry } from '#platform/metrics';
import { createManagementServer } from './management-server.js';

let lines: string[];
const report = (status: HealthCheckResult['status']): HealthCheckResult => ({ status, details: {} });

describe('the management server', () => {
  let lifecycle: Lifecycle;
  let health: { ready: HealthCheckResult; report: HealthCheckResult };
  let server: FastifyInstance;
  let scrape: () => Promise<string>;

  beforeEach(() => {
    lines = [];
    const stream = { write: (line: string) => void lines.push(line) };
    const logger = createLogger({ level: 'info', service: 'store', version: '1.2.3' }, stream);
    lifecycle = new Lifecycle();
    scrape = () => Promise.resolve('up 1\n');
    health = { ready: report('ok'), report: report('ok') };
    server = createManagementServer({
      health: {
        ready: () => Promise.resolve(health.ready),
        report: () => Promise.resolve(health.report),
      } as unknown as HealthService,
      metrics: {
        answer: async (accept?: string) => ({ contentType: accept ?? 'text/plain', text: await scrape() }),
      } as unknown as MetricsRegistry,
      lifecycle,
      info: { name: 'store', version: '1.2.3', commit: 'abc', runtime: 'v26' },
      logLevel: new LogLevel(logger),
      logger,
      hostNames: ['Ops.example.com'],
    });
  });
  afterEach(() => server.close());

  const get = async (url: string) => server.inject({ url });

  it('tells of what fails, with its cause', async () => {
    scrape = () => Promise.reject(new TypeError('the cause'));

    expect((await get('/metrics')).statusCode).toBe(500);
    expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
      {
        level: 'error',
        msg: 'request failed',
        route: '/metrics',
        errorCode: 'platform.internal-error',
        err: { cause: { message: 'the cause' } },
      },
    ]);
  });

  it("has no line for what is the client's affair", async () => {
    expect((await get('/nowhere')).statusCode).toBe(404);
    expect(lines).toEqual([]);
  });

  it('is alive as soon as it answers, and keeps that to itself', async () => {
    const answer = await get('/health/live');

    expect(answer.statusCode).toBe(200);
    expect(answer.headers['cache-control']).toBe('no-store');
  });

  it('tells the start apart from what comes after it', async () => {
    expect((await get('/health/startup')).statusCode).toBe(503);
    lifecycle.serving();
    expect((await get('/health/startup')).statusCode).toBe(200);
    lifecycle.draining();
    expect((await get('/health/startup')).statusCode).toBe(200);
  });

  it.each([
    ['ok', 200],
    ['degraded', 200],
    ['error', 503],
    ['shutting_down', 503],
  ] as const)('answers a report that is %s with %i', async (status, code) => {
    health = { ready: report(status), report: report(status) };

    expect((await get('/health/ready')).statusCode).toBe(code);
    expect((await get('/health')).statusCode).toBe(code);
  });

  it('gives the metrics and the build', async () => {
    expect((await get('/metrics')).body).toBe('up 1\n');
    expect((await get('/info')).json()).toEqual({
      name: 'store',
      version: '1.2.3',
      commit: 'abc',
      runtime: 'v26',
      uptimeSeconds: expect.any(Number),
    });
  });

  it.each([
    'x-forwarded-for',
    'x-forwarded-host',
    'x-real-ip',
    'forwarded',
    'via',
    'cf-connecting-ip',
    'true-client-ip',
  ])('refuses what came through a proxy, as %s tells: it is put behind none on purpose', async (name) => {
    const answer = await server.inject({ url: '/metrics', headers: { [name]: '203.0.113.9' } });

    expect(answer.statusCode).toBe(403);
    expect(answer.json()).toMatchObject({ code: 'platform.proxied-request' });
    expect(answer.body).not.toContain('up 1');
  });

  it.each(['/metrics', '/info', '/health', '/health/ready', '/log-level', '/nowhere'])(
    'refuses %s by a name that a stranger can have: in a browser, his site would read it as its own',
    async (url) => {
      const answer = await server.inject({ url, headers: { host: 'rebound.example.com:9090' } });

      expect(answer.statusCode).toBe(403);
      expect(answer.json()).toMatchObject({ code: 'platform.unknown-host' });
      expect(answer.headers['cache-control']).toBe('no-store');
    },
  );

  it('lets no such name change the level of the log', async () => {
    const headers = { host: 'rebound.example.com:9090' };
    const answer = await server.inject({ method: 'PUT', url: '/log-level', headers, payload: { level: 'debug' } });

    expect(answer.statusCode).toBe(403);
    expect((await server.inject({ url: '/log-level' })).json()).toMatchObject({ level: 'info' });
  });

  it.each(['127.0.0.1:9090', '[::1]', 'localhost', 'store:9090', 'store.shop.svc', 'ops.example.com'])(
    'answers probes and scrapers by %s',
    async (host) => expect((await server.inject({ url: '/metrics', headers: { host } })).statusCode).toBe(200),
  );

  it.each([
    ['/nowhere', 404, 'platform.route-not-found'],
    ['/%zz', 400, 'platform.malformed-request'],
  ])('refuses %s as the public port would', async (url, status, code) => {
    const answer = await get(url);

    expect(answer.statusCode).toBe(status);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(answer.json()).toMatchObject({ status, code });
  });
});
