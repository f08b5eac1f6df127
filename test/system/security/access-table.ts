import { aNewProduct } from '../support/store-client.js';

/** Who may use a route: everybody, or who has the scopes. */
export type Access = 'public' | readonly string[];

export interface TableEntry {
  readonly method: string;
  /** As the OpenAPI document writes it: `/v1/products/{id}`. */
  readonly template: string;
  readonly access: Access;
  /** A request that gets in, if its caller may, and the status of what it then gets. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: () => object;
  readonly status: number;
}

/** A product, or an order, that isn't there: whoever gets in is told so, and nothing is changed. */
export const NO_PRODUCT = '019c0f4e-7d2b-7c11-9a53-5d1b6a0e42f7';

const anyVersion = { 'if-match': '*' };

/**
 * Every route of the public port, and who may do what: written by hand, once, and held against what the store enforces
 * (its route table), what it documents (OpenAPI), and what it answers. A route that is missing here fails a test.
 */
export const ACCESS_TABLE: readonly TableEntry[] = [
  { method: 'GET', template: '/v1/orders', access: ['orders:read'], status: 200 },
  {
    method: 'POST',
    template: '/v1/orders',
    access: ['orders:write'],
    headers: { 'idempotency-key': 'access-table' },
    body: () => ({ lines: [{ productId: NO_PRODUCT, quantity: 1 }] }),
    status: 409,
  },
  { method: 'GET', template: '/v1/orders/{id}', access: ['orders:read'], status: 404 },
  { method: 'POST', template: '/v1/orders/{id}/cancel', access: ['orders:write'], status: 404 },
  { method: 'GET', template: '/v1/products', access: 'public', status: 200 },
  {
    method: 'POST',
    template: '/v1/products',
    access: ['catalog:write'],
    body: aNewProduct,
    status: 201,
  },
  { method: 'GET', template: '/v1/products/{id}', access: 'public', status: 404 },
  {
    method: 'PATCH',
    template: '/v1/products/{id}',
    access: ['catalog:write'],
    headers: anyVersion,
    body: () => ({ name: 'Kettle' }),
    status: 404,
  },
  {
    method: 'POST',
    template: '/v1/products/{id}/activate',
    access: ['catalog:write'],
    headers: anyVersion,
    status: 404,
  },
  {
    method: 'POST',
    template: '/v1/products/{id}/discontinue',
    access: ['catalog:write'],
    headers: anyVersion,
    status: 404,
  },
  {
    method: 'POST',
    template: '/v1/products/{id}/stock-adjustments',
    access: ['catalog:write'],
    body: () => ({ delta: 1, reason: 'Counted' }),
    status: 404,
  },
];

/** The same for the recommender. */
export const RECOMMENDER_ACCESS_TABLE: readonly TableEntry[] = [
  { method: 'GET', template: '/v1/products/{id}/recommendations', access: 'public', status: 200 },
];

/** Served besides, and described by no document: the documents themselves. */
export const DOCUMENT_ROUTES: readonly string[] = [
  '/docs',
  '/docs/favicon-32x32.png',
  '/docs/page.js',
  '/docs/swagger-ui-bundle.js',
  '/docs/swagger-ui.css',
  '/openapi.json',
];
