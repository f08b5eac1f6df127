import type { FastifyInstance } from 'fastify';
import { CLOSED, type RouteAccess } from './route-access.js';

export interface RouteEntry {
  readonly method: string;
  /** The template: `/v1/products/:id`. */
  readonly url: string;
  readonly access: RouteAccess;
}

/** Every route that the public port answers to, with who may use it: what the gate enforces, told. */
export class RouteTable {
  private readonly found: RouteEntry[] = [];

  /** Listens to every route that is registered from now on. */
  constructor(fastify: FastifyInstance) {
    fastify.addHook('onRoute', ({ method, url, config }) => {
      for (const name of [method].flat()) this.found.push({ method: name, url, access: config?.access ?? CLOSED });
    });
  }

  get entries(): readonly RouteEntry[] {
    return this.found;
  }
}
