import type { IContainer } from 'kubernetes-models/v1/Container';
import type { IPodSpec } from 'kubernetes-models/v1/PodSpec';
import type { IProbe } from 'kubernetes-models/v1/Probe';

export type Context = NonNullable<IContainer['securityContext']>;

const containersOf = (pod: IPodSpec): IContainer[] => [
  ...pod.containers,
  ...(pod.initContainers ?? []),
  ...((pod.ephemeralContainers ?? []) as IContainer[]),
];
export const some = (test: (container: IContainer) => boolean) => (pod: IPodSpec) => containersOf(pod).some(test);
/** What holds for a container: its own word, else the pod's. */
export const effective = (test: (context: Partial<Context>) => boolean) => (pod: IPodSpec) =>
  containersOf(pod).some(({ securityContext }) => test({ ...pod.securityContext, ...securityContext }));
/** What neither the pod nor a container may say. */
export const anywhere = (test: (context: Partial<Context>) => boolean) => (pod: IPodSpec) =>
  [pod.securityContext, ...containersOf(pod).map(({ securityContext }) => securityContext)].some((context) =>
    test(context ?? {}),
  );

export const handlersOf = ({ livenessProbe, readinessProbe, startupProbe, lifecycle }: IContainer): Partial<IProbe>[] =>
  [livenessProbe, readinessProbe, startupProbe, lifecycle?.postStart, lifecycle?.preStop].filter(
    (handler) => handler !== undefined,
  );
