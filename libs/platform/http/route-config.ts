import { FASTIFY_ROUTE_CONFIG_METADATA } from '@nestjs/platform-fastify/constants.js';
import type { FastifyContextConfig } from 'fastify';

/** Adds to what other decorators say of a route: Nest's own RouteConfig would replace it. */
export const extendRouteConfig =
  (added: Partial<FastifyContextConfig>): MethodDecorator =>
  (_target, _method, descriptor) => {
    const handler = descriptor.value as object;
    const known = (Reflect.getMetadata(FASTIFY_ROUTE_CONFIG_METADATA, handler) ?? {}) as object;
    Reflect.defineMetadata(FASTIFY_ROUTE_CONFIG_METADATA, { ...known, ...added }, handler);
  };

/** Gives a route a time of its own, in place of REQUEST_TIMEOUT_MS. */
export const RequestTimeout = (timeoutMs: number): MethodDecorator =>
  extendRouteConfig({ requestTimeoutMs: timeoutMs });
