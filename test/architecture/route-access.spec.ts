import { Writable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createService, type Service } from '#platform/bootstrap';
import { loadSettings } from '#platform/config';
import type { RouteEntry } from '#platform/http';
import { createLogger } from '#platform/logging';
import { recommender } from '../../apps/recommender/src/recommender.definition.js';
import { store } from '../../apps/store/src/store.definition.js';
import { ACCESS_TABLE, DOCUMENT_ROUTES, RECOMMENDER_ACCESS_TABLE } from '../system/security/access-table.js';

const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });

/** `POST /v1/products catalog:write`, for each route that the gate knows. */
const told = ({ method, url, access }: RouteEntry): string =>
  `${method} ${url.replaceAll(/:(\w+)/g, '{$1}')} ${access === 'public' ? 'public' : access.scopes.join(' ')}`;

describe.each([
  { definition: store, table: ACCESS_TABLE },
  { definition: recommender, table: RECOMMENDER_ACCESS_TABLE },
])('who may use which route of the $definition.name', ({ definition, table }) => {
  let service: Service;
  beforeAll(async () => {
    const logger = createLogger({ level: 'silent', service: definition.name, version: '' }, nowhere);
    service = await createService(definition, loadSettings({ NODE_ENV: 'test' }), logger);
    await service.app.init();
  });
  afterAll(() => service.app.close());
  it('is what the table says, for every route that the gate guards: nothing more, nothing less', () => {
    const expected = table.flatMap(({ method, template, access }) => {
      const line = (name: string) => `${name} ${template} ${access === 'public' ? 'public' : access.join(' ')}`;
      return method === 'GET' ? [line('GET'), line('HEAD')] : [line(method)]; // Fastify answers a HEAD to each GET
    });
    const documents = DOCUMENT_ROUTES.flatMap((url) => [`GET ${url} public`, `HEAD ${url} public`]);

    expect(service.server.routes.entries.map(told).sort()).toEqual([...expected, ...documents].sort());
  });

  it('is what the document says', async () => {
    const operations = Object.entries((await service.document()).paths).flatMap(([template, path]) =>
      Object.entries(path as Record<string, { security?: object[] }>).map(([method, { security }]) => {
        return { method: method.toUpperCase(), template, security };
      }),
    );
    const expected = table.map(({ method, template, access }) => {
      return { method, template, security: access === 'public' ? [] : [{ accessToken: access }] };
    });

    expect(operations).toEqual(expect.arrayContaining(expected));
    expect(operations).toHaveLength(expected.length);
  });
});
