import type { RouteOptions } from 'fastify';

/**
 * A key is a caller's: where nobody is identified, one caller would get the answer that belongs to another.
 * @throws Error at the start of the service
 */
export function refusePublic({ method, url, config }: RouteOptions): void {
  if (config?.idempotency === undefined || config.access !== 'public') return;
  throw new Error(`${[method].flat().join(', ')} ${url} is public, and so can't be idempotent: it knows no caller.`);
}
