import { describe, expect, it } from '@jest/globals';
import { OVERLAYS, render, stepsOf } from './kustomize.js';
import { oneOf, type Manifest } from './manifests.js';
import { schemaFaults } from './schemas.js';

/** A copy with one thing changed, by the path to it. */
function changed(manifest: Manifest, path: string, value: unknown): Manifest {
  const copy = structuredClone(manifest);
  const keys = path.split('.');
  const last = keys.pop() ?? '';
  const place = keys.reduce<Record<string, unknown>>(
    (inner, key) => inner[key] as Record<string, unknown>,
    copy as unknown as Record<string, unknown>,
  );
  place[last] = value;
  return copy;
}

describe.each(OVERLAYS.flatMap(stepsOf))('what is applied of %s', (folder) => {
  it('is as the schemas have it, without a field that they do not know', async () => {
    const manifests = render(folder);

    expect(manifests.length).toBeGreaterThan(0);
    expect(await schemaFaults(manifests)).toEqual([]);
  });

  it('is all in one namespace, and nothing is there twice', () => {
    const manifests = render(folder);
    const names = manifests.map(({ kind, metadata }) => `${kind} ${metadata.name}`);
    const spaces = manifests.map(({ kind, metadata }) => (kind === 'Namespace' ? metadata.name : metadata.namespace));

    expect(new Set(names).size).toBe(names.length);
    expect(new Set(spaces)).toEqual(new Set([folder.includes('production') ? 'mainstay' : 'mainstay-staging']));
  });
});

describe('the schemas', () => {
  const all = OVERLAYS.flatMap(stepsOf).flatMap(render);
  const container = 'spec.template.spec.containers.0';

  it.each([
    ['an unknown field', 'Deployment', 'store', `${container}.livenessprobe`, {}, 'livenessprobe'],
    [
      'an unknown field deep down',
      'Deployment',
      'store',
      `${container}.lifecycle.preStop.sleep`,
      { second: 5 },
      'second',
    ],
    ['a misspelt kind', 'Deployment', 'store', 'kind', 'Deploymnt', 'Deploymnt'],
    ['a version that there is not', 'Deployment', 'store', 'apiVersion', 'apps/v2', 'apps/v2'],
    ['a text for a number', 'Deployment', 'store', 'spec.minReadySeconds', '3', 'minReadySeconds must be integer'],
    ['an impossible quantity', 'Job', 'store-migrate', `${container}.resources.limits.memory`, '1Gigabyte', 'quantity'],
    [
      'a word that is none of its words',
      'Job',
      'store-migrate',
      `${container}.imagePullPolicy`,
      'Sometimes',
      'imagePull',
    ],
    [
      'a field that is missing',
      'Deployment',
      'store',
      'spec.selector',
      undefined,
      'must have required property selector',
    ],
    ['an unknown field of a monitor', 'ServiceMonitor', 'store-management', 'spec.endpoints.0.pth', '/', 'pth'],
    ['an unknown field of a rule', 'PrometheusRule', 'mainstay', 'spec.groups.0.rules.0.alrt', 'x', 'alrt'],
    ['an impossible time of a route', 'HTTPRoute', 'store', 'spec.rules.0.timeouts.request', '10', 'timeouts/request'],
    ['an unknown field of a secret', 'ExternalSecret', 'nats', 'spec.data.0.remoteRef.path', 'x', 'path'],
  ] as const)('would refuse %s', async (_what, kind, name, path, value, said) => {
    const wrong = changed(oneOf(kind, all, name), path, value);

    expect((await schemaFaults([wrong])).join('\n')).toContain(said);
  });
});
