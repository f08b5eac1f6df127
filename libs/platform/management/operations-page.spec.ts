import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller, Get } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';
import type { Service } from '#platform/bootstrap';
import { LoadedSettings } from '#platform/config';
import { newRequestContext } from '#platform/context';
import { Deadline } from '#platform/deadline';
import { HealthService } from '#platform/health';
import { Public, ResponseObserver } from '#platform/http';
import { instancesOf } from '#platform/discovery';
import { createLogger, LogLevel } from '#platform/logging';
import { MetricsRegistry } from '#platform/metrics';
import { Operations, type OperationsSnapshot } from '#platform/operations';
import { aServiceOf } from '#platform/testing';
import { DiscoveryService } from '@nestjs/core';
import { createManagementServer } from './management-server.js';

const ROUTES = ['/', '/operations.json', '/operations/page.css', '/operations/page.js', '/operations/icon.svg'];
const secret = randomUUID();

@Controller()
class FaultyController {
  @Get('faulty')
  @Public()
  fail() {
    throw new Error(`never shown: ${secret}`);
  }
}

describe('the operations page', () => {
  let service: Service;
  let server: FastifyInstance;

  beforeAll(async () => {
    service = await aServiceOf({
      name: 'paged',
      own: { controllers: [FaultyController] },
      env: { DATABASE_MIGRATOR_URL: `postgres://migrator:${secret}@127.0.0.1:1/none` },
    });
    const { app, lifecycle, info } = service;
    lifecycle.serving();
    const find = <T>(type: abstract new (...args: never[]) => T): T => app.get<T>(type, { strict: false });
    const logger = createLogger({ level: 'silent', service: 'paged', version: '1' }, { write: () => undefined });
    server = createManagementServer({
      health: find(HealthService),
      metrics: find(MetricsRegistry),
      lifecycle,
      info,
      logLevel: new LogLevel(logger),
      logger,
      hostNames: ['Ops.example.com'],
      page: { operations: find(Operations), settings: find(LoadedSettings) },
    });
  });
  afterAll(async () => {
    await server.close();
    await service.app.close();
  });

  const get = (url: string, headers: Record<string, string> = {}) => server.inject({ url, headers });
  const snapshot = async () => (await get('/operations.json')).json<OperationsSnapshot>();

  it.each(ROUTES)('%s lets a browser do nothing but read it', async (url) => {
    const { statusCode, headers } = await get(url);

    expect(statusCode).toBe(200);
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cross-origin-resource-policy': 'same-origin',
    });
    const policy = String(headers['content-security-policy']);
    expect(policy).toMatch(/^default-src 'none'; .*frame-ancestors 'none'$/);
    expect(policy).not.toMatch(/unsafe|https?:|\*|data:/);
  });

  it.each(ROUTES)('%s is refused to what came through a proxy, and to a name that a stranger can have', async (url) => {
    const proxied = await get(url, { 'x-forwarded-for': '203.0.113.9' });
    const rebound = await get(url, { host: 'rebound.example.com:9090' });

    expect([proxied.statusCode, rebound.statusCode]).toEqual([403, 403]);
    expect([proxied.json(), rebound.json()]).toMatchObject([
      { code: 'platform.proxied-request' },
      { code: 'platform.unknown-host' },
    ]);
    expect((await get(url, { host: 'ops.example.com:9090' })).statusCode).toBe(200);
  });

  it.each(['POST', 'PUT', 'PATCH', 'DELETE'] as const)('can do nothing: %s has no route', async (method) => {
    for (const url of ROUTES) expect((await server.inject({ method, url })).statusCode).toBe(404);
  });

  it('has no inline script or style, and nothing from elsewhere', async () => {
    const { body } = await get('/');

    expect(body).not.toMatch(/\sstyle=|<style|\son\w+=|javascript:/i);
    expect([...body.matchAll(/<script[^>]*>([^<]*)/g)].map(([, inside]) => inside)).toEqual(['']);
    expect([...body.matchAll(/(?:src|href)="([^"]*)"/g)].filter(([, to = '']) => !/^[/#]/.test(to))).toEqual([]);
  });

  it('shows each kind of error with the ids of its last request, and neither its message nor a URL', async () => {
    const url = await service.app.listen({ port: 0, host: '127.0.0.1' }).then(() => service.app.getUrl());
    const ask = async () => (await fetch(`${url}/faulty?token=${secret}`)).json() as Promise<Record<string, string>>;
    await ask();
    const last = await ask();

    const body = await eventually(
      async () => (await get('/')).body,
      (text) => text.includes(last['requestId'] ?? '-'),
    );
    expect((await snapshot()).errors).toMatchObject([
      { route: '/faulty', status: 500, code: 'platform.internal-error', count: 2, requestId: last['requestId'] },
    ]);
    expect(body).toContain(last['traceId']);
    expect(body).not.toContain(secret);
  });

  it('takes what a client made up as text', async () => {
    const hostile = `"><script src=//evil.example></script><b x='`;
    const context = newRequestContext({ deadline: new Deadline(1_000), requestId: hostile, traceId: hostile });
    context.errorCode = hostile;
    for (const observer of instancesOf(service.app.get(DiscoveryService, { strict: false }), ResponseObserver)) {
      observer.responded({
        method: hostile,
        route: hostile,
        status: 500,
        durationMs: 1,
        url: '',
        headers: {},
        context,
      });
    }

    const body = await eventually(
      async () => (await get('/')).body,
      (text) => text.includes('evil.example'),
    );
    expect(body).not.toContain('<script src=//evil');
    expect(body).not.toContain('<b x=');
  });

  it('tells what it runs with, and of a secret nothing but whether it is set', async () => {
    const { body } = await get('/');

    expect(body).toMatch(/REQUEST_TIMEOUT_MS<\/code>/);
    expect(body).toMatch(/DATABASE_URL<\/code>\s*<\/th>\s*<td class="text">not set \(secret\)/);
    expect(body).toMatch(
      /DATABASE_MIGRATOR_URL<\/code>\s*<\/th>\s*<td class="text">set \(secret\)<\/td>\s*<td class="text">environment/,
    );
    expect(body).not.toContain(secret);
  });

  it('has a section only for what there is', async () => {
    const { body } = await get('/');

    for (const id of ['concerns', 'vitals', 'health', 'errors', 'routes', 'configuration']) {
      expect(body).toContain(`<section id="${id}"`);
    }
    for (const id of ['degradation', 'caches']) expect(body).not.toContain(`<section id="${id}"`);
  });

  it('asks the dependencies once for all who look at the same time', async () => {
    const looks = await Promise.all(Array.from({ length: 20 }, snapshot));

    expect(new Set(looks.map(({ atMs }) => atMs)).size).toBeLessThanOrEqual(2); // a second may end in between
  });

  it('gives data with a version', async () => {
    expect(await snapshot()).toMatchObject({
      snapshotVersion: 1,
      service: { name: 'paged', phase: 'serving', takesTraffic: true },
      health: expect.arrayContaining([expect.objectContaining({ name: 'database', status: 'up' })]),
    });
  });

  it('says that it drains', async () => {
    service.lifecycle.draining();

    const text = await eventually(
      async () => (await get('/')).body,
      (body) => body.includes('Draining'),
    );
    expect(text).toContain('Balancers are told to send it nothing.');
  });
});

/** A look is shared for a second: what came in it is seen by the next one. */
async function eventually(read: () => Promise<string>, fits: (text: string) => boolean): Promise<string> {
  for (let looks = 0; looks < 200; looks += 1) {
    const text = await read();
    if (fits(text)) return text;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('It was never seen.');
}
