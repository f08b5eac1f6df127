import type { INetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1/NetworkPolicy';
import { describeSettings } from '#platform/config';
import type { Labels } from './manifests.js';

type Spec = NonNullable<INetworkPolicy['spec']>;
type Selector = Spec['podSelector'];

/** The two ways in which our policies select. */
export const selects = (selector: Selector, labels: Labels): boolean =>
  Object.entries(selector?.matchLabels ?? {}).every(([name, value]) => labels[name] === value) &&
  (selector?.matchExpressions ?? []).every(({ key, operator, values = [] }) => {
    if (operator !== 'In') throw new Error(`Nothing here reads the operator ${operator}.`);
    return values.includes(labels[key] ?? '');
  });

/** One thing that a pod may reach, or that may reach it. */
export interface Way {
  readonly policy: string;
  readonly peers: NonNullable<NonNullable<Spec['ingress']>[number]['from']>;
  readonly ports: readonly number[];
}

/** What the policies that select a pod allow, in one direction. */
export function waysOf(
  direction: 'ingress' | 'egress',
  labels: Labels,
  policies: readonly Pick<INetworkPolicy, 'metadata' | 'spec'>[],
): Way[] {
  return policies
    .filter(({ spec }) => selects(spec?.podSelector, labels))
    .flatMap(({ metadata, spec }) => {
      const rules = direction === 'ingress' ? spec?.ingress : spec?.egress;
      return (rules ?? []).map((rule) => ({
        policy: metadata?.name ?? '',
        peers: ('from' in rule ? rule.from : 'to' in rule ? rule.to : undefined) ?? [],
        ports: [...new Set((rule.ports ?? []).map(({ port }) => Number(port)))],
      }));
    });
}

const DEFAULT_PORTS: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443 };

/**
 * The ports that a process with this environment opens connections to, one for each address that it is given; that of a
 * secret one is the port of its example.
 */
export function portsAsked(env: Readonly<Record<string, string>>): number[] {
  const settings = describeSettings().flatMap((section) => section.settings);
  return Object.entries(env)
    .filter(([name]) => /_(URL|URL_FILE|ENDPOINT)$/.test(name))
    .map(([name, value]) => {
      const example = settings.find(({ variable }) => `${variable}_FILE` === name)?.example;
      const { port, protocol } = new URL(example ?? value);
      return port === '' ? (DEFAULT_PORTS[protocol] ?? 0) : Number(port);
    });
}
