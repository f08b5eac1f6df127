import type { FastifyInstance, RouteOptions } from 'fastify';
import { CLOSED, type RouteAccess } from './route-access.js';

export interface RouteEntry {
  readonly method: string;
  /** The template: `/v1/products/:id`. */
  readonly url: string;
  readonly access: RouteAccess;
}

/** Every route that the public port answers to, with who may use it: what the gate enforces, told. */
export class RouteTable {
  private readonly routes: RouteOptions[] = [];

  /** Listens to every route that is registered from now on. */
  constructor(fastify: FastifyInstance) {
    fastify.addHook('onRoute', (route) => void this.routes.push(route));
  }

  /** The names of the limits that routes have of their own. */
  get limitNames(): readonly string[] {
    const limits = this.routes.flatMap(({ config }) => config?.rateLimit ?? []);
    return [...new Set(limits.flatMap((limit) => (limit === 'none' ? [] : limit.name)))];
  }

  get entries(): readonly RouteEntry[] {
    return this.routes.flatMap(({ method, url, config }) => {
      return [method].flat().map((name) => ({ method: name, url, access: config?.access ?? CLOSED }));
    });
  }
}
