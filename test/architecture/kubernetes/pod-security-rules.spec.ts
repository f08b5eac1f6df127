import { describe, expect, it } from '@jest/globals';
import type { IContainer } from 'kubernetes-models/v1/Container';
import type { IPodSpec } from 'kubernetes-models/v1/PodSpec';
import { renderAll } from './kustomize.js';
import { containerOf, podOf } from './manifests.js';
import { breachesIn, RULE_NAMES } from './pod-security.js';

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
