import { describe, expect, it } from '@jest/globals';
import { fastify } from 'fastify';
import { MethodNotAllowed, RouteNotFound } from '#platform/errors';
import { AllowedMethods } from './allowed-methods.js';

function withRoutes(): AllowedMethods {
  const server = fastify();
  const methods = new AllowedMethods(server);
  server.get('/v1/products', () => null);
  server.post('/v1/products', () => null);
  server.get('/v1/products/:id', () => null);
  server.route({ method: ['PATCH', 'DELETE'], url: '/v1/products/:id', handler: () => null });
  server.get('/v1/products/new', () => null);
  server.get('/files/*', () => null);
  server.get('/a.b', () => null);
  return methods;
}

describe('the methods that a path answers to', () => {
  it.each([
    ['/v1/products', ['GET', 'HEAD', 'POST']],
    ['/v1/products/1', ['DELETE', 'GET', 'HEAD', 'PATCH']],
    ['/files/a/b', ['GET', 'HEAD']],
    ['/v1/products/1/2', []],
    ['/v1/products/', []],
    ['/v1', []],
    ['/a.b', ['GET', 'HEAD']],
    ['/aXb', []],
  ])('%s: %j', (path, methods) => {
    expect(withRoutes().of(path)).toEqual(methods);
  });

  it('are told to who used another one, query or not', () => {
    const refusal = withRoutes().refusalOf('PUT', '/v1/products?limit=1');
    expect(refusal).toBeInstanceOf(MethodNotAllowed);
    expect(refusal).toMatchObject({ allowed: ['GET', 'HEAD', 'POST'] });
  });

  it('are none where no route is', () => {
    expect(withRoutes().refusalOf('GET', '/nowhere')).toBeInstanceOf(RouteNotFound);
  });

  it('are no answer to who used one of them: then there is nothing at this path', () => {
    expect(withRoutes().refusalOf('GET', '/v1/products/1')).toBeInstanceOf(RouteNotFound);
  });

  it('are found in little time, however long the path', () => {
    const startedAtMs = performance.now();
    withRoutes().of(`/v1/products${'/a'.repeat(8000)}`);
    expect(performance.now() - startedAtMs).toBeLessThan(1_000);
  });
});
