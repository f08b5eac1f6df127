import type { FastifyInstance } from 'fastify';
import { pathOf } from '#platform/context';
import { MethodNotAllowed, RouteNotFound } from '#platform/errors';

interface RoutePattern {
  readonly pattern: RegExp;
  readonly methods: Set<string>;
}

/** Knows which methods each path answers to, so that a wrong method gets 405 with `Allow`, and not 404 (RFC 9110, 15.5.6). */
export class AllowedMethods {
  private readonly byTemplate = new Map<string, RoutePattern>();

  /** Listens to every route that is registered from now on. */
  constructor(fastify: FastifyInstance) {
    fastify.addHook('onRoute', ({ url, method }) => {
      if (url === '*') return; // a plugin's net under all paths (CORS), which is no resource
      const route = this.byTemplate.get(url) ?? { pattern: patternOf(url), methods: new Set<string>() };
      for (const name of [method].flat()) route.methods.add(name);
      this.byTemplate.set(url, route);
    });
  }

  of(path: string): readonly string[] {
    const allowed = new Set<string>();
    for (const { pattern, methods } of this.byTemplate.values()) {
      if (pattern.test(path)) methods.forEach((method) => allowed.add(method));
    }
    return [...allowed].sort();
  }

  /** What to answer where no route took the request. */
  refusalOf(method: string, url: string): MethodNotAllowed | RouteNotFound {
    const allowed = this.of(pathOf(url));
    const wrongMethod = allowed.length > 0 && !allowed.includes(method);
    return wrongMethod ? new MethodNotAllowed(allowed) : new RouteNotFound();
  }
}

/** `/v1/products/:id` → `^/v1/products/[^/]+/?$`. Linear: one class per segment, nothing nested. */
const patternOf = (template: string): RegExp => {
  const source = template
    .split('/')
    .map((segment) => (segment.startsWith(':') ? '[^/]+' : segment === '*' ? '.*' : RegExp.escape(segment)))
    .join('/');
  return new RegExp(`^${source}$`);
};
