import { describe, expect, it } from '@jest/globals';
import type { IContainer } from 'kubernetes-models/v1/Container';
import type { IPodSpec } from 'kubernetes-models/v1/PodSpec';
import { OVERLAYS, renderAll } from './kustomize.js';
import { allOf, containerOf, podOf, podsOf } from './manifests.js';
import { breachesIn, RULE_NAMES } from './pod-security.js';

const pods = OVERLAYS.flatMap((overlay) => podsOf(renderAll(overlay)).map((pod) => ({ overlay, ...pod })));

describe.each(pods)('a pod of $name in $overlay', (pod) => {
  const { spec } = pod;
  const container = containerOf(pod);

  it('breaks no rule of the level `restricted`', () => {
    expect(breachesIn(spec)).toEqual([]);
  });

  it('is of the user that the image is made for, and writes nothing', () => {
    expect(spec.securityContext).toMatchObject({ runAsUser: 1000, runAsGroup: 1000, fsGroup: 1000 });
    expect(container.securityContext?.readOnlyRootFilesystem).toBe(true);
    expect(container.volumeMounts?.filter(({ readOnly }) => readOnly !== true)).toEqual([]);
  });

  it('has no token of the API server, and no variables of others', () => {
    expect(spec).toMatchObject({ automountServiceAccountToken: false, enableServiceLinks: false });
  });

  it('has a bound of memory that is its own from the start, and asks for CPU without a bound', () => {
    const { requests, limits } = container.resources ?? {};

    expect(requests).toEqual({ cpu: expect.stringMatching(/^\d+m$/), memory: expect.stringMatching(/^\d+Mi$/) });
    expect(limits).toEqual({ memory: requests?.['memory'] });
  });
});

describe.each(OVERLAYS)('the namespace of %s', (overlay) => {
  const manifests = renderAll(overlay);

  it('refuses what breaks a rule', () => {
    const [namespace] = allOf('Namespace', manifests);

    expect(namespace?.metadata.labels).toMatchObject({
      'pod-security.kubernetes.io/enforce': 'restricted',
      'pod-security.kubernetes.io/enforce-version': 'v1.34',
    });
  });

  it('has an account for each service, which gives no token', () => {
    const accounts = allOf('ServiceAccount', manifests);
    const used = allOf('Deployment', manifests).map(({ spec }) => spec?.template.spec?.serviceAccountName ?? '');

    expect(accounts.map(({ metadata }) => metadata.name).sort()).toEqual(used.sort());
    for (const { automountServiceAccountToken } of accounts) expect(automountServiceAccountToken).toBe(false);
  });
});

describe('the check of pod security', () => {
  interface Plant {
    readonly pod?: Partial<IPodSpec>;
    readonly podContext?: IPodSpec['securityContext'];
    readonly container?: Partial<IContainer>;
    readonly context?: IContainer['securityContext'];
  }
  const PLANTS: readonly (readonly [string, Plant])[] = [
    ['host namespaces', { pod: { hostNetwork: true } }],
    ['host namespaces', { pod: { hostPID: true } }],
    ['host namespaces', { pod: { hostIPC: true } }],
    ['host process', { podContext: { windowsOptions: { hostProcess: true } } }],
    ['privileged', { context: { privileged: true } }],
    ['capabilities', { context: { capabilities: { drop: ['KILL'] } } }],
    ['capabilities', { context: { capabilities: { drop: ['ALL'], add: ['SYS_ADMIN'] } } }],
    ['volume types', { pod: { volumes: [{ name: 'host', hostPath: { path: '/' } }] } }],
    ['host ports', { container: { ports: [{ containerPort: 3000, hostPort: 80 }] } }],
    ['host of probes', { container: { livenessProbe: { httpGet: { port: 80, host: '169.254.169.254' } } } }],
    ['host of probes', { container: { lifecycle: { preStop: { tcpSocket: { port: 80, host: '10.0.0.1' } } } } }],
    ['AppArmor', { context: { appArmorProfile: { type: 'Unconfined' } } }],
    ['SELinux', { podContext: { seLinuxOptions: { type: 'spc_t' } } }],
    ['SELinux', { context: { seLinuxOptions: { role: 'system_r' } } }],
    ['/proc', { context: { procMount: 'Unmasked' } }],
    ['sysctls', { podContext: { sysctls: [{ name: 'kernel.msgmax', value: '1' }] } }],
    ['privilege escalation', { context: { allowPrivilegeEscalation: true } }],
    ['root', { context: { runAsNonRoot: false } }],
    ['user 0', { context: { runAsUser: 0 } }],
    ['seccomp', { podContext: { seccompProfile: { type: 'Unconfined' } } }],
    ['seccomp', { context: { seccompProfile: { type: 'Unconfined' } } }],
  ];
  const store = podOf(renderAll('production'), 'store');

  function planted(plant: Plant): IPodSpec {
    const container = containerOf(store);
    const context = { ...container.securityContext, ...plant.context };
    return {
      ...store.spec,
      ...plant.pod,
      securityContext: { ...store.spec.securityContext, ...plant.podContext },
      containers: [{ ...container, ...plant.container, securityContext: context }],
    };
  }

  it.each(PLANTS)('finds a breach of %s: %j', (rule, plant) => {
    expect(breachesIn(planted(plant))).toEqual([rule]);
  });

  it('finds one in each kind of container, and where a pod says nothing', () => {
    const bare = { name: 'bare' };
    const ofBare = ['capabilities', 'privilege escalation'];

    expect(breachesIn({ ...store.spec, initContainers: [bare] })).toEqual(ofBare);
    expect(breachesIn({ ...store.spec, ephemeralContainers: [bare] })).toEqual(ofBare);
    expect(breachesIn({ containers: [bare] })).toEqual([...ofBare, 'root', 'seccomp']);
  });

  it('has been seen to find a breach of each rule', () => {
    expect(new Set(PLANTS.map(([rule]) => rule))).toEqual(new Set(RULE_NAMES));
  });
});
