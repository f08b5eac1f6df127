import { describeWith, REDIS_SERVER } from '#platform/testing';
import { HAPROXY } from './haproxy.js';
import type { LoadBalancerKind } from './load-balancer.js';
import { NGINX } from './nginx.js';

export { HAPROXY } from './haproxy.js';
export { NGINX } from './nginx.js';
export type { LoggedRequest } from './logged-client.js';
export type { LoadBalancerKind, Slot } from './load-balancer.js';
export { Traffic } from './traffic.js';
export { Replicas } from './replicas.js';

/** The same for each load balancer that there is a configuration for. */
export function behindEach(what: string, tests: (kind: LoadBalancerKind) => void): void {
  for (const kind of [HAPROXY, NGINX]) {
    const name = `${what}, behind ${kind.command}`;
    describeWith(REDIS_SERVER, name, () => describeWith(kind, 'of this machine', () => tests(kind)));
  }
}
