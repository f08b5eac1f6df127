import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { readDockerfile } from '../container-files.js';
import { managementRoutes } from '../management-routes.js';
import { ROOT } from '../survey.js';
import { OVERLAYS, renderAll } from './kustomize.js';
import { allOf, containerOf, oneOf, podOf, type Labels } from './manifests.js';

const services = OVERLAYS.flatMap((overlay) =>
  allOf('Deployment', renderAll(overlay)).map(({ metadata: { name } }) => ({ overlay, name })),
);
const covers = (selector: Labels | undefined, labels: Labels): boolean =>
  Object.entries(selector ?? { none: 'selected' }).every(([name, value]) => labels[name] === value);

describe.each(services)('the $name in $overlay', ({ overlay, name }) => {
  const manifests = renderAll(overlay);
  const { spec } = oneOf('Deployment', manifests, name);
  const pod = podOf(manifests, name);
  const others = allOf('Deployment', manifests).filter(({ metadata }) => metadata.name !== name);
  const container = containerOf(pod);

  it('starts as the image does, with its own file of the build', () => {
    const command = readDockerfile().findLast((instruction) => instruction.name === 'CMD')?.args ?? '';
    const own = (JSON.parse(command) as string[]).map((word) => word.replace('apps/store', `apps/${name}`));

    expect(container.command).toEqual(own);
    for (const built of own.filter((word) => word.includes('dist/'))) {
      expect(existsSync(resolve(ROOT, built.replace(/^.*dist\/(.*)\.js$/, '$1.ts')))).toBe(true);
    }
  });

  it('has three probes, at routes of the management port', () => {
    const { startupProbe, livenessProbe, readinessProbe } = container;
    const routeOf = (path: string) => ({ path, port: 'management' });

    expect([startupProbe, livenessProbe, readinessProbe]).toEqual([
      { httpGet: routeOf('/health/startup'), periodSeconds: 2, timeoutSeconds: 1, failureThreshold: 30 },
      { httpGet: routeOf('/health/live'), periodSeconds: 10, timeoutSeconds: 2, failureThreshold: 3 },
      { httpGet: routeOf('/health/ready'), periodSeconds: 2, timeoutSeconds: 1, failureThreshold: 2 },
    ]);
    for (const probe of [startupProbe, livenessProbe, readinessProbe]) {
      expect(managementRoutes()).toContain(probe?.httpGet?.path);
    }
  });

  it('is selected by its Deployment, its Service and its budget, and the other service by none of them', () => {
    const selectors = [
      spec?.selector.matchLabels,
      oneOf('Service', manifests, name).spec?.selector,
      oneOf('PodDisruptionBudget', manifests, name).spec?.selector?.matchLabels,
      ...(pod.spec.topologySpreadConstraints ?? []).map(({ labelSelector }) => labelSelector?.matchLabels),
    ];

    for (const selector of selectors) {
      expect(covers(selector, pod.labels)).toBe(true);
      for (const other of others) expect(covers(selector, podOf(manifests, other.metadata.name).labels)).toBe(false);
    }
  });

  it('is public at one port, that of the API', () => {
    expect(oneOf('Service', manifests, name).spec?.ports).toEqual([
      { name: 'http', port: 3000, targetPort: 'http', appProtocol: 'http' },
    ]);
  });

  it('loses one replica at a time to who drains nodes, and is in the way of nobody with one that is not ready', () => {
    expect(oneOf('PodDisruptionBudget', manifests, name).spec).toMatchObject({
      maxUnavailable: 1,
      unhealthyPodEvictionPolicy: 'AlwaysAllow',
    });
  });

  it('is spread over zones and nodes, counting the replicas of one version', () => {
    const constraints = pod.spec.topologySpreadConstraints ?? [];

    expect(constraints.map(({ topologyKey, maxSkew }) => [topologyKey, maxSkew])).toEqual([
      ['topology.kubernetes.io/zone', 1],
      ['kubernetes.io/hostname', 1],
    ]);
    for (const constraint of constraints) {
      expect(constraint).toMatchObject({ whenUnsatisfiable: 'ScheduleAnyway', matchLabelKeys: ['pod-template-hash'] });
    }
  });
});
