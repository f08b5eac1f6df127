import { afterEach, describe, expect, it } from '@jest/globals';
import { loadSettings } from '#platform/config';
import { createPublicServer } from '../edge/fastify.js';
import { HttpSettings } from '../http.settings.js';
import { SheddingSettings } from '../shedding/shedding.settings.js';
import { EdgeService } from '../testing/edge.service.js';
import { RoomsController } from '../testing/rooms.controller.js';
import { callerOf } from './current-user.js';

let closings: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closings) await close();
  closings = [];
});

async function anEdge(env: Readonly<Record<string, string>> = {}): Promise<EdgeService> {
  const edge = await EdgeService.of([RoomsController], env, (fastify) => {
    fastify.get('/forgotten', (_request, reply) => reply.send({}));
  });
  closings.push(() => edge.close());
  return edge;
}

async function aBareServer() {
  const settings = loadSettings({ NODE_ENV: 'test' });
  const server = await createPublicServer(settings.get(HttpSettings), settings.get(SheddingSettings));
  closings.push(() => server.fastify.close());
  return server;
}

describe('RouteTable', () => {
  it('lists every route with who may use it, also those that no controller has', async () => {
    const { service } = await anEdge({ DOCS_ENABLED: 'false' });

    const reads = (url: string, access: unknown) => ['GET', 'HEAD'].map((method) => ({ method, url, access }));
    expect(service.server.routes.entries).toEqual(
      expect.arrayContaining([
        ...reads('/open', 'public'),
        ...reads('/closed', { scopes: [] }),
        { method: 'POST', url: '/shelves', access: { scopes: ['catalog:write'] } },
        ...reads('/vault', { scopes: ['catalog:write', 'vault:open'] }),
        ...reads('/forgotten', { scopes: [] }),
      ]),
    );
  });

  it.each(['', 'https://shop.test'])(
    'tells what the gate enforces, route by route, with CORS_ORIGINS=%s',
    async (origins) => {
      const edge = await anEdge({ CORS_ORIGINS: origins });
      const { entries } = edge.service.server.routes;

      for (const { method, url, access } of entries) {
        const { statusCode } = await edge.send(url, { method: method as 'GET' });
        expect({ method, url, closed: statusCode === 401 }).toEqual({ method, url, closed: access !== 'public' });
      }
      expect(entries.length).toBeGreaterThan(10);
    },
  );

  it('lists each method of a route that has several', async () => {
    const { fastify, routes } = await aBareServer();
    fastify.route({ method: ['PUT', 'DELETE'], url: '/both', handler: (_request, reply) => reply.send({}) });

    expect(routes.entries).toEqual([
      { method: 'PUT', url: '/both', access: { scopes: [] } },
      { method: 'DELETE', url: '/both', access: { scopes: [] } },
    ]);
  });
});

describe('the gate before the app is made', () => {
  it('lets nobody in, whatever the token', async () => {
    const { fastify } = await aBareServer();
    const thrown: unknown[] = [];
    fastify.setErrorHandler((error, _request, reply) => {
      thrown.push(error);
      void reply.status(401).send();
    });
    fastify.get('/early', (_request, reply) => reply.send({}));

    const response = await fastify.inject({ url: '/early', headers: { authorization: 'Bearer a.b.c' } });

    expect(response.statusCode).toBe(401);
    expect(thrown).toEqual([expect.objectContaining({ code: 'platform.authentication-required' })]);
  });
});

describe('callerOf', () => {
  const request = (caller?: { id: string; scopes: Set<string> }) =>
    ({ requestContext: { caller }, routeOptions: { url: '/room' } }) as unknown as Parameters<typeof callerOf>[0];

  it('gives who asks', () => {
    const caller = { id: 'user-7', scopes: new Set(['a']) };

    expect(callerOf(request(caller))).toBe(caller);
  });

  it('never gives nobody', () => {
    expect(() => callerOf(request())).toThrow('/room asks for its caller, and is public.');
  });
});
