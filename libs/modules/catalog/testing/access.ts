import type { RouteAccess } from '#platform/testing';
import { aNewProduct } from './new-product.js';

const anyVersion = { 'if-match': '*' };
const access = ['catalog:write'];

export const ACCESS: readonly RouteAccess[] = [
  { method: 'GET', template: '/v1/products', access: 'public', status: 200 },
  { method: 'POST', template: '/v1/products', access, body: aNewProduct, status: 201 },
  { method: 'GET', template: '/v1/products/{id}', access: 'public', status: 404 },
  {
    method: 'PATCH',
    template: '/v1/products/{id}',
    access,
    headers: anyVersion,
    body: () => ({ name: 'Kettle' }),
    status: 404,
  },
  { method: 'POST', template: '/v1/products/{id}/activate', access, headers: anyVersion, status: 404 },
  { method: 'POST', template: '/v1/products/{id}/discontinue', access, headers: anyVersion, status: 404 },
  {
    method: 'POST',
    template: '/v1/products/{id}/stock-adjustments',
    access,
    body: () => ({ delta: 1, reason: 'Counted' }),
    status: 404,
  },
];
