import { describe, expect, it } from '@jest/globals';
import { OVERLAYS, renderAll } from './kustomize.js';
import { allOf, containerOf, podsOf } from './manifests.js';
import { breachesIn } from './pod-security.js';

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
