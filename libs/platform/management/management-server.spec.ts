import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { HealthCheckResult } from '@nestjs/terminus';
import type { FastifyInstance } from 'fastify';
import type { HealthService } from '#platform/health';
import { Lifecycle } from '#platform/lifecycle';
import type { MetricsRegistry } from '#platform/metrics';
import { createManagementServer } from './management-server.js';

const report = (status: HealthCheckResult['status']): HealthCheckResult => ({ status, details: {} });

describe('the management server', () => {
  let lifecycle: Lifecycle;
  let health: { ready: HealthCheckResult; report: HealthCheckResult };
  let server: FastifyInstance;

  beforeEach(() => {
    lifecycle = new Lifecycle();
    health = { ready: report('ok'), report: report('ok') };
    server = createManagementServer({
      health: {
        ready: () => Promise.resolve(health.ready),
        report: () => Promise.resolve(health.report),
      } as unknown as HealthService,
      metrics: {
        contentType: 'text/plain; version=0.0.4',
        scrape: () => Promise.resolve('up 1\n'),
      } as unknown as MetricsRegistry,
      lifecycle,
      info: { name: 'store', version: '1.2.3', commit: 'abc', runtime: 'v26' },
    });
  });
  afterEach(() => server.close());

  const get = async (url: string) => server.inject({ url });

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
