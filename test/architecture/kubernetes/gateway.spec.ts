import { describe, expect, it } from '@jest/globals';
import { HttpSettings } from '#platform/http';
import { readRootFile } from '../container-files.js';
import { environmentOf, settingsIn } from './environment.js';
import { OVERLAYS, renderAll } from './kustomize.js';
import { oneOf, podOf } from './manifests.js';

describe.each(OVERLAYS)('the route to the store in %s', (overlay) => {
  const manifests = renderAll(overlay);
  const { spec } = oneOf('HTTPRoute', manifests, 'store');
  const [rule, ...others] = spec?.rules ?? [];

  it('leads the API to the port of the Service, and nothing else', () => {
    const { paths } = JSON.parse(readRootFile('docs/openapi.json')) as { paths: object };
    const { ports = [] } = oneOf('Service', manifests, 'store').spec ?? {};

    expect(others).toEqual([]);
    expect(rule?.matches).toEqual([{ path: { type: 'PathPrefix', value: '/v1' } }]);
    for (const path of Object.keys(paths)) expect(path).toMatch(/^\/v1\//);
    expect(rule?.backendRefs).toEqual([{ name: 'store', port: ports[0]?.port }]);
  });

  it('waits longer than the store, which gives up first', () => {
    const { requestTimeoutMs } = settingsIn(environmentOf(podOf(manifests, 'store'), manifests)).get(HttpSettings);

    for (const timeout of [rule?.timeouts?.request, rule?.timeouts?.backendRequest]) {
      expect(timeout).toMatch(/^\d+s$/);
      expect(Number.parseInt(timeout ?? '', 10) * 1000).toBeGreaterThan(requestTimeoutMs);
    }
  });

  it('takes away what a client may not say, as the balancers do', () => {
    const [filter] = rule?.filters ?? [];
    const removed = filter?.requestHeaderModifier?.remove ?? [];
    const balancer = readRootFile('deploy/haproxy/haproxy.cfg');
    const deleted = [...balancer.matchAll(/^ *http-request del-header (\S+)$/gm)].map(([, header]) => header);

    expect(new Set(removed)).toEqual(new Set(deleted));
    expect(deleted).not.toEqual([]);
  });

  it('hangs on a Gateway of somebody else’s, under a name of its own', () => {
    expect(spec?.parentRefs).toEqual([{ name: 'gateway', namespace: 'gateway', sectionName: 'https' }]);
    expect(spec?.hostnames).toEqual([overlay === 'production' ? 'store.example.com' : 'store.staging.example.com']);
  });
});
