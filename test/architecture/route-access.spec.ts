import { Writable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createService, type Service } from '#platform/bootstrap';
import { loadSettings } from '#platform/config';
import type { RouteEntry } from '#platform/http';
import { createLogger } from '#platform/logging';
import { store } from '../../apps/store/src/store.definition.js';
import { ACCESS_TABLE, DOCUMENT_ROUTES } from '../system/security/access-table.js';

const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });

let service: Service;
beforeAll(async () => {
  const logger = createLogger({ level: 'silent', service: 'store', version: '' }, nowhere);
  service = await createService(store, loadSettings({ NODE_ENV: 'test' }), logger);
  await service.app.init();
});
afterAll(() => service.app.close());

/** `POST /v1/products catalog:write`, for each route that the gate knows. */
const told = ({ method, url, access }: RouteEntry): string =>
  `${method} ${url.replaceAll(/:(\w+)/g, '{$1}')} ${access === 'public' ? 'public' : access.scopes.join(' ')}`;

describe('who may use which route', () => {
  it('is what the table says, for every route that the gate guards: nothing more, nothing less', () => {
    const expected = ACCESS_TABLE.flatMap(({ method, template, access }) => {
      const line = (name: string) => `${name} ${template} ${access === 'public' ? 'public' : access.join(' ')}`;
      return method === 'GET' ? [line('GET'), line('HEAD')] : [line(method)]; // Fastify answers a HEAD to each GET
    });
    const documents = DOCUMENT_ROUTES.flatMap((url) => [`GET ${url} public`, `HEAD ${url} public`]);

    expect(service.server.routes.entries.map(told).sort()).toEqual([...expected, ...documents].sort());
  });

  it('is what the document says', () => {
    const operations = Object.entries(service.document().paths).flatMap(([template, path]) =>
      Object.entries(path as Record<string, { security?: object[] }>).map(([method, { security }]) => {
        return { method: method.toUpperCase(), template, security };
      }),
    );
    const expected = ACCESS_TABLE.map(({ method, template, access }) => {
      return { method, template, security: access === 'public' ? [] : [{ accessToken: access }] };
    });

    expect(operations).toEqual(expect.arrayContaining(expected));
    expect(operations).toHaveLength(expected.length);
  });
});
