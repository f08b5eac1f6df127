import type { IPodSpec } from 'kubernetes-models/v1/PodSpec';
import { anywhere, effective, handlersOf, some, type Context } from './pod-parts.js';

/** One of the Pod Security Standards' rules, of level `restricted`, which has those of `baseline` in it. */
interface Rule {
  readonly name: string;
  readonly broken: (pod: IPodSpec) => boolean;
}

const VOLUMES = ['configMap', 'csi', 'downwardAPI', 'emptyDir', 'ephemeral', 'persistentVolumeClaim', 'projected'];
const VOLUME_FIELDS: ReadonlySet<string> = new Set(['name', 'secret', ...VOLUMES]);
const SYSCTLS: ReadonlySet<string> = new Set([
  'kernel.shm_rmid_forced',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.ip_local_reserved_ports',
  'net.ipv4.ip_unprivileged_port_start',
  'net.ipv4.ping_group_range',
  'net.ipv4.tcp_fin_timeout',
  'net.ipv4.tcp_keepalive_intvl',
  'net.ipv4.tcp_keepalive_probes',
  'net.ipv4.tcp_keepalive_time',
  'net.ipv4.tcp_rmem',
  'net.ipv4.tcp_syncookies',
  'net.ipv4.tcp_wmem',
]);
const SELINUX_TYPES = [undefined, '', 'container_t', 'container_init_t', 'container_kvm_t', 'container_engine_t'];

const isConfined = (profile: Context['seccompProfile']): boolean =>
  ['RuntimeDefault', 'Localhost'].includes(profile?.type ?? '');

/** https://kubernetes.io/docs/concepts/security/pod-security-standards/, of Kubernetes 1.34; for Linux. */
const RULES: readonly Rule[] = [
  { name: 'host namespaces', broken: (pod) => [pod.hostNetwork, pod.hostPID, pod.hostIPC].includes(true) },
  {
    name: 'host process',
    broken: anywhere(({ windowsOptions }) => windowsOptions?.hostProcess === true),
  },
  { name: 'privileged', broken: some(({ securityContext }) => securityContext?.privileged === true) },
  {
    name: 'capabilities',
    broken: some(({ securityContext }) => {
      const { drop = [], add = [] } = securityContext?.capabilities ?? {};
      return !drop.includes('ALL') || add.some((capability) => capability !== 'NET_BIND_SERVICE');
    }),
  },
  {
    name: 'volume types',
    broken: ({ volumes = [] }) => volumes.some((volume) => Object.keys(volume).some((key) => !VOLUME_FIELDS.has(key))),
  },
  { name: 'host ports', broken: some(({ ports = [] }) => ports.some(({ hostPort = 0 }) => hostPort !== 0)) },
  {
    name: 'host of probes',
    broken: some((container) =>
      handlersOf(container).some(({ httpGet, tcpSocket }) => Boolean(httpGet?.host ?? tcpSocket?.host)),
    ),
  },
  {
    name: 'AppArmor',
    broken: anywhere(({ appArmorProfile }) => appArmorProfile?.type === 'Unconfined'),
  },
  {
    name: 'SELinux',
    broken: anywhere(
      ({ seLinuxOptions: options }) =>
        options !== undefined &&
        (!SELINUX_TYPES.includes(options.type) || Boolean(options.user) || Boolean(options.role)),
    ),
  },
  {
    name: '/proc',
    broken: some(({ securityContext }) => ![undefined, 'Default'].includes(securityContext?.procMount)),
  },
  {
    name: 'sysctls',
    broken: ({ securityContext }) => (securityContext?.sysctls ?? []).some(({ name }) => !SYSCTLS.has(name)),
  },
  {
    name: 'privilege escalation',
    broken: some(({ securityContext }) => securityContext?.allowPrivilegeEscalation !== false),
  },
  { name: 'root', broken: effective(({ runAsNonRoot }) => runAsNonRoot !== true) },
  { name: 'user 0', broken: anywhere(({ runAsUser }) => runAsUser === 0) },
  {
    name: 'seccomp',
    broken: (pod) =>
      effective(({ seccompProfile }) => !isConfined(seccompProfile))(pod) ||
      anywhere(({ seccompProfile }) => seccompProfile !== undefined && !isConfined(seccompProfile))(pod),
  },
];

/** The rules of `restricted` that a pod breaks: with one, the namespace would refuse it. */
export const breachesIn = (pod: IPodSpec): string[] =>
  RULES.filter(({ broken }) => broken(pod)).map(({ name }) => name);

export const RULE_NAMES: readonly string[] = RULES.map(({ name }) => name);
