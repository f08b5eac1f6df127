import { foundInModules, type RouteAccess } from '#platform/testing';
import type { ServiceName } from '../support/spawn-service.js';

/** What a module's `testing/access.ts` says: its routes, and who serves them, if the store does not. */
interface AccessOfModule {
  readonly ACCESS: readonly RouteAccess[];
  readonly SERVED_BY?: ServiceName;
}

const ofModules = await foundInModules<AccessOfModule>('testing/access.ts', 'ACCESS');

const servedBy = (service: ServiceName): readonly RouteAccess[] =>
  ofModules.flatMap(({ ACCESS, SERVED_BY = 'store' }) => (SERVED_BY === service ? ACCESS : []));

/**
 * Every route of the public port, and who may do what: written by hand, once, beside each module, and held against what
 * the store enforces (its route table), what it documents (OpenAPI), and what it answers. A route that is missing there
 * fails a test, and so does a line without a route.
 */
export const ACCESS_TABLE = servedBy('store');

/** The same for the recommender. */
export const RECOMMENDER_ACCESS_TABLE = servedBy('recommender');

/** Served besides, and described by no document: the documents themselves. */
export const DOCUMENT_ROUTES: readonly string[] = [
  '/docs',
  '/docs/favicon-32x32.png',
  '/docs/page.js',
  '/docs/swagger-ui-bundle.js',
  '/docs/swagger-ui.css',
  '/openapi.json',
];
