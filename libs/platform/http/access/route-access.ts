import { applyDecorators } from '@nestjs/common';
import { ApiExtension } from '#platform/api-docs';
import type { NamedLimit } from '#platform/rate-limit';
import { extendRouteConfig } from '../route-config.js';

/** Who may use a route: everybody, or whoever has a token with these scopes (none of them: with any valid token). */
export type RouteAccess = 'public' | { readonly scopes: readonly string[] };

export type RouteLimit = NamedLimit | 'none';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Absent: {@link CLOSED}. */
    access?: RouteAccess;
    /** The route's own limit, besides the default one; `none` exempts it from both. */
    rateLimit?: RouteLimit;
  }
}

const LIMIT_NAME = /^[a-z][a-z0-9-]{0,39}$/;

/** What holds for a route that says nothing of it: nobody gets in without a token. */
export const CLOSED: RouteAccess = { scopes: [] };

/** The extension that carries the access to the document builder, which removes it. */
export const ACCESS_EXTENSION = 'x-access';

/** The same for a route that is exempt from limits. */
export const UNLIMITED_EXTENSION = 'x-unlimited';

const withAccess = (access: RouteAccess): MethodDecorator =>
  applyDecorators(extendRouteConfig({ access }), ApiExtension(ACCESS_EXTENSION, access));

/** Opens a route to everybody. Its callers are not identified: a token that comes along is not looked at. */
export const Public = (): MethodDecorator => withAccess('public');

/** Lets in whoever has all of the scopes. */
export const RequiresScope = (...scopes: string[]): MethodDecorator => withAccess({ scopes });

/**
 * A limit of the route's own for each caller; routes that give one name share it.
 * @param limit its `name` is shown to clients, in kebab-case
 * @throws Error at import, when it can't be a name, or is that of the limit of all routes
 */
export const RateLimit = (limit: NamedLimit): MethodDecorator => {
  if (!LIMIT_NAME.test(limit.name) || limit.name === 'default') throw new Error(`No name for a limit: ${limit.name}`);
  return extendRouteConfig({ rateLimit: limit });
};

/**
 * Exempts a route from limits, for one whose callers are few and known, such as another service of the house behind a
 * handful of addresses. What it costs is bounded by load shedding and deadlines, as everywhere. Strangers to a closed
 * route are still counted.
 */
export const Unlimited = (): MethodDecorator =>
  applyDecorators(extendRouteConfig({ rateLimit: 'none' }), ApiExtension(UNLIMITED_EXTENSION, true));
