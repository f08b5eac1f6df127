import { describe, expect, it } from '@jest/globals';
import { environmentOf } from './environment.js';
import { OVERLAYS, renderAll } from './kustomize.js';
import { allOf, oneOf, podOf, podsOf } from './manifests.js';
import { portsAsked, waysOf } from './network.js';
import '../../../apps/store/src/store.module.js';

const DNS_PORT = 53;
const ascending = (one: number, other: number): number => one - other;
const inNamespace = (name: string) => [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } } }];
const ofService = (name: string) => [{ podSelector: { matchLabels: { 'app.kubernetes.io/name': name } } }];

describe.each(OVERLAYS)('the network policies of %s', (overlay) => {
  const manifests = renderAll(overlay);
  const policies = allOf('NetworkPolicy', manifests);
  const pods = podsOf(manifests);

  it('deny everything that no other one allows', () => {
    expect(oneOf('NetworkPolicy', manifests, 'default-deny').spec).toEqual({
      podSelector: {},
      policyTypes: ['Ingress', 'Egress'],
    });
  });

  it.each(pods)('let a pod of $name out to what it is told of, one way for each, to DNS, and nowhere else', (pod) => {
    const asked = [...portsAsked(environmentOf(pod, manifests)), DNS_PORT];
    const allowed = waysOf('egress', pod.labels, policies).flatMap(({ ports }) => ports);

    expect(allowed.sort(ascending)).toEqual(asked.sort(ascending));
  });

  it.each(pods)('let nobody to a pod of $name but its client, and Prometheus', ({ name, labels }) => {
    const ways = waysOf('ingress', labels, policies).map(({ peers, ports }) => ({ peers, ports }));
    const monitoring = { peers: inNamespace('monitoring'), ports: [9090] };
    const [gateway] = oneOf('HTTPRoute', manifests, 'store').spec?.parentRefs ?? [];
    const client = name === 'store' ? inNamespace(gateway?.namespace ?? '') : ofService('store');

    if (name.endsWith('-migrate')) expect(ways).toEqual([]);
    else expect(ways).toEqual(expect.arrayContaining([monitoring, { peers: client, ports: [3000] }]));
    expect(ways.length).toBeLessThanOrEqual(2);
  });

  it('lead somewhere in particular, and not to the addresses of the components, which are nobody’s', () => {
    const ways = pods.flatMap(({ labels }) => waysOf('egress', labels, policies));
    const blocks = ways.flatMap(({ peers }) => peers.flatMap(({ ipBlock }) => ipBlock?.cidr ?? []));

    expect(ways.filter(({ peers }) => peers.length === 0)).toEqual([]);
    expect(blocks.filter((cidr) => cidr.startsWith('192.0.2.') || Number(cidr.split('/')[1]) < 24)).toEqual([]);
  });

  it('select pods that there are', () => {
    const idle = policies.filter((policy) => {
      const { policyTypes = [] } = policy.spec ?? {};
      const direction = policyTypes[0] === 'Ingress' ? 'ingress' : 'egress';
      const used = pods.some(({ labels }) => waysOf(direction, labels, [policy]).length > 0);
      return !used && policy.metadata.name !== 'default-deny';
    });

    expect(idle).toEqual([]);
  });
});

describe('the way to what is in the cluster of production', () => {
  const manifests = renderAll('production');
  const policies = allOf('NetworkPolicy', manifests);
  const store = podOf(manifests, 'store');
  const env = environmentOf(store, manifests);
  const peersOf = (policy: string) =>
    waysOf('egress', store.labels, policies).find((way) => way.policy === policy)?.peers ?? [];

  it('is to the recommender’s pods', () => {
    expect(peersOf('store-to-recommender')).toEqual(ofService('recommender'));
    expect(podOf(manifests, 'recommender').labels).toMatchObject({ 'app.kubernetes.io/name': 'recommender' });
  });

  it('is to the namespace that the collector’s name says', () => {
    const [, namespace = ''] = new URL(env['OTEL_EXPORTER_OTLP_ENDPOINT'] ?? '').hostname.split('.');

    expect(peersOf('services-to-collector')).toEqual(inNamespace(namespace));
  });
});

describe('the check of what a pod asks', () => {
  it('would miss a way that is not there, and find one too many', () => {
    const manifests = renderAll('production');
    const store = podOf(manifests, 'store');
    const policies = allOf('NetworkPolicy', manifests);
    const without = policies.filter(({ metadata }) => metadata.name !== 'store-to-redis');
    const portsOf = (some: typeof policies) => waysOf('egress', store.labels, some).flatMap(({ ports }) => ports);

    expect(portsOf(policies)).toContain(6379);
    expect(portsOf(without)).not.toContain(6379);
    expect(portsAsked({ REDIS_URL_FILE: '/x', JWKS_URL: 'https://a.example/', PORT: '3000' })).toEqual([6379, 443]);
  });
});
