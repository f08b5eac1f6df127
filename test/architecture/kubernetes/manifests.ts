import type { IDeployment } from 'kubernetes-models/apps/v1/Deployment';
import type { IHorizontalPodAutoscaler } from 'kubernetes-models/autoscaling/v2/HorizontalPodAutoscaler';
import type { IJob } from 'kubernetes-models/batch/v1/Job';
import type { INetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1/NetworkPolicy';
import type { IPodDisruptionBudget } from 'kubernetes-models/policy/v1/PodDisruptionBudget';
import type { IConfigMap } from 'kubernetes-models/v1/ConfigMap';
import type { IContainer } from 'kubernetes-models/v1/Container';
import type { INamespace } from 'kubernetes-models/v1/Namespace';
import type { IPodSpec } from 'kubernetes-models/v1/PodSpec';
import type { IService } from 'kubernetes-models/v1/Service';
import type { IServiceAccount } from 'kubernetes-models/v1/ServiceAccount';
import type { IHTTPRoute } from '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1/HTTPRoute';
import type { IExternalSecret } from '@kubernetes-models/external-secrets/external-secrets.io/v1/ExternalSecret';
import type { IPrometheusRule } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/PrometheusRule';
import type { IServiceMonitor } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/ServiceMonitor';

export type Labels = Readonly<Record<string, string>>;

/** Any resource; what is in it is checked before anything is believed of it (schemas.ts). */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Labels;
    readonly annotations?: Labels;
  };
}

interface Kinds {
  readonly ConfigMap: IConfigMap;
  readonly Deployment: IDeployment;
  readonly ExternalSecret: IExternalSecret;
  readonly HorizontalPodAutoscaler: IHorizontalPodAutoscaler;
  readonly HTTPRoute: IHTTPRoute;
  readonly Job: IJob;
  readonly Namespace: INamespace;
  readonly NetworkPolicy: INetworkPolicy;
  readonly PodDisruptionBudget: IPodDisruptionBudget;
  readonly PrometheusRule: IPrometheusRule;
  readonly Service: IService;
  readonly ServiceAccount: IServiceAccount;
  readonly ServiceMonitor: IServiceMonitor;
}

/** All of one kind. */
export const allOf = <K extends keyof Kinds>(kind: K, manifests: readonly Manifest[]): (Kinds[K] & Manifest)[] =>
  manifests.filter((manifest) => manifest.kind === kind) as (Kinds[K] & Manifest)[];

/** @throws Error when there is none, or none of that name */
export function oneOf<K extends keyof Kinds>(
  kind: K,
  manifests: readonly Manifest[],
  name: string,
): Kinds[K] & Manifest {
  const found = allOf(kind, manifests).find(({ metadata }) => metadata.name === name);
  if (!found) throw new Error(`There is no ${kind} ${name}.`);
  return found;
}

/** Pods as a Deployment or a Job makes them. */
export interface PodTemplate {
  readonly name: string;
  readonly labels: Labels;
  readonly spec: IPodSpec;
}

export const podsOf = (manifests: readonly Manifest[]): PodTemplate[] =>
  [...allOf('Deployment', manifests), ...allOf('Job', manifests)].map(({ metadata, spec }) => {
    if (!spec?.template.spec) throw new Error(`${metadata.name} has no pods.`);
    return { name: metadata.name, labels: spec.template.metadata?.labels ?? {}, spec: spec.template.spec };
  });

/** @throws Error when there are none of that name */
export function podOf(manifests: readonly Manifest[], name: string): PodTemplate {
  const found = podsOf(manifests).find((pod) => pod.name === name);
  if (!found) throw new Error(`There are no pods of ${name}.`);
  return found;
}

/** Each of our pods has one container. */
export function containerOf({ name, spec }: PodTemplate): IContainer {
  const [container, ...others] = spec.containers;
  if (!container || others.length > 0) throw new Error(`A pod of ${name} has not one container.`);
  return container;
}
