import type { RouteAccess } from '#platform/testing';

/** The store asks the module itself, and has no route to it. */
export const SERVED_BY = 'recommender';

export const ACCESS: readonly RouteAccess[] = [
  { method: 'GET', template: '/v1/products/{id}/recommendations', access: 'public', status: 200 },
];
