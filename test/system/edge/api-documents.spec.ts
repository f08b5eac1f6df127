import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ABSENT_ID, type RouteAccess } from '#platform/testing';
import { ACCESS_TABLE, RECOMMENDER_ACCESS_TABLE } from '../security/access-table.js';
import { DocumentedApi } from '../support/documented-api.js';
import { runningService, type RunningService } from '../support/running-service.js';
import { runningStore } from '../support/running-store.js';

/** Every public route of each service, in the words of the contract: as the modules list them. */
const routesOf = (table: readonly RouteAccess[]): string[] =>
  table.map(({ method, template }) => `${method} ${template}`).toSorted();
const ROUTES = { store: routesOf(ACCESS_TABLE), recommender: routesOf(RECOMMENDER_ACCESS_TABLE) };
const METHODS = ['DELETE', 'GET', 'PATCH', 'POST', 'PUT'];

describe.each(['store', 'recommender'] as const)('the documents of the API of the %s', (service) => {
  let running: RunningService;
  beforeAll(async () => {
    running = await runningService({ service });
  });
  afterAll(() => running.stop());

  it('are OpenAPI 3.1, with each route of the contract and no other', async () => {
    const { document, operations } = await DocumentedApi.of(running.process.url);
    expect(document.openapi).toMatch(/^3\.1\./);
    expect(operations.toSorted()).toEqual(ROUTES[service]);
  });

  it('tell every method of their paths: each other one is a 405 that says so', async () => {
    const { document } = await DocumentedApi.of(running.process.url);
    for (const [path, operations] of Object.entries(document.paths)) {
      const documented = Object.keys(operations).map((method) => method.toUpperCase());
      for (const method of METHODS.filter((name) => !documented.includes(name))) {
        const answer = await fetch(running.process.url + path.replace('{id}', ABSENT_ID), { method });
        const allowed = answer.headers.get('allow')?.split(', ') ?? [];
        expect({ method, path, status: answer.status }).toEqual({ method, path, status: 405 });
        expect(allowed.filter((name) => name !== 'HEAD')).toEqual(documented.toSorted());
      }
    }
  });

  it('have a page whose scripts and styles load', async () => {
    const page = await fetch(`${running.process.url}/docs`);
    const html = await page.text();
    expect(page.status).toBe(200);
    expect(page.headers.get('content-type')).toMatch(/^text\/html/);

    const assets = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path = '']) => new URL(path, page.url));
    expect(assets.map(({ pathname }) => pathname)).toEqual(
      expect.arrayContaining(['/docs/swagger-ui.css', '/docs/swagger-ui-bundle.js']),
    );
    for (const asset of assets) {
      const { status, headers } = await fetch(asset);
      expect({ asset: asset.pathname, status }).toEqual({ asset: asset.pathname, status: 200 });
      expect(headers.get('content-type')).toMatch(/css|javascript|image/);
    }
  });
});

describe('the documents of the API in production', () => {
  it.each([{}, { DOCS_ENABLED: 'false' }])('are not there unless they are asked for: %o', async (env) => {
    const running = await runningStore({ env: { DOCS_ENABLED: '', ...env } });
    const answers = await Promise.all(
      ['/docs', '/docs/', '/docs/swagger-ui.css', '/docs-json', '/docs-yaml', '/openapi.json'].map((path) =>
        fetch(running.store.url + path),
      ),
    );
    await running.stop();
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404, 404]);
  });
});
