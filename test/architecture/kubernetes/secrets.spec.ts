import { describe, expect, it } from '@jest/globals';
import { readRootFile } from '../container-files.js';
import { secretFilesOf } from './environment.js';
import { OVERLAYS, renderAll } from './kustomize.js';
import { allOf, containerOf, podsOf, type PodTemplate } from './manifests.js';

const told = ({ secret, key }: { secret: string; key: string }): string => `${secret}/${key}`;
const keysOf = (pod: PodTemplate): string[] => [...secretFilesOf(pod).values()].map(told);

describe.each(OVERLAYS)('the secrets of %s', (overlay) => {
  const manifests = renderAll(overlay);
  const pods = podsOf(manifests);

  it('are in no file of the repository', () => {
    expect(manifests.filter(({ kind }) => kind === 'Secret')).toEqual([]);
  });

  it('come to a container as files that it can read and not write, and never as variables', () => {
    for (const pod of pods) {
      const { env = [], envFrom = [] } = containerOf(pod);

      expect(env.filter(({ valueFrom }) => valueFrom !== undefined)).toEqual([]);
      expect(envFrom.filter(({ secretRef }) => secretRef !== undefined)).toEqual([]);
      expect(secretFilesOf(pod).size).toBeGreaterThan(0);
      for (const { projected } of pod.spec.volumes ?? []) expect(projected?.defaultMode).toBe(0o440);
    }
  });

  it('keep the role that owns the schema from the services, and the service role from the migrations', () => {
    for (const pod of pods) {
      const roles = keysOf(pod).filter((key) => key.includes('database'));

      if (pod.name.endsWith('-migrate')) expect(roles).toEqual([expect.stringContaining('-migrator/')]);
      else expect(roles.filter((key) => key.includes('migrator'))).toEqual([]);
    }
  });

  it('are all in the guide, by their names', () => {
    const guide = readRootFile('docs/guides/kubernetes.md');
    const missing = pods.flatMap(keysOf).filter((key) => !guide.includes(`| \`${key.replace('/', '` | `')}\` |`));

    expect(missing).toEqual([]);
  });
});

describe('the External Secrets of production', () => {
  it('make each Secret that a pod gets, with its key, and no other', () => {
    const manifests = renderAll('production');
    const made = allOf('ExternalSecret', manifests).flatMap(({ spec }) =>
      (spec?.data ?? []).map(({ secretKey }) => told({ secret: spec?.target?.name ?? '', key: secretKey })),
    );

    expect(made.sort()).toEqual([...new Set(podsOf(manifests).flatMap(keysOf))].sort());
  });
});
