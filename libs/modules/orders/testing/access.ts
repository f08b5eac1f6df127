import { ABSENT_ID, type RouteAccess } from '#platform/testing';

export const ACCESS: readonly RouteAccess[] = [
  { method: 'GET', template: '/v1/orders', access: ['orders:read'], status: 200 },
  {
    method: 'POST',
    template: '/v1/orders',
    access: ['orders:write'],
    headers: { 'idempotency-key': 'access-table' },
    body: () => ({ lines: [{ productId: ABSENT_ID, quantity: 1 }] }),
    status: 409,
  },
  { method: 'GET', template: '/v1/orders/{id}', access: ['orders:read'], status: 404 },
  { method: 'POST', template: '/v1/orders/{id}/cancel', access: ['orders:write'], status: 404 },
];
