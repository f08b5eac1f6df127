import { basename, dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { filesIn } from '../alert-rules.js';
import { readRootFile } from '../container-files.js';
import { blocksOf } from '../documents.js';
import { KUBERNETES_FOLDER, OVERLAYS, renderAll, stepsOf } from './kustomize.js';
import { allOf } from './manifests.js';

interface Kustomization {
  readonly kind: string;
  readonly resources?: readonly string[];
  readonly components?: readonly string[];
  readonly configMapGenerator?: readonly { readonly envs?: readonly string[] }[];
  readonly patches?: readonly { readonly path?: string }[];
}

const folders = filesIn(`${KUBERNETES_FOLDER}/**/kustomization.yaml`).map(dirname);
const read = (folder: string) => parse(readRootFile(`${folder}/kustomization.yaml`)) as Kustomization;

/** All paths that a kustomization names, from the root. */
function namedBy(folder: string): string[] {
  const { resources = [], components = [], configMapGenerator = [], patches = [] } = read(folder);
  const envs = configMapGenerator.flatMap((generator) => generator.envs ?? []);
  const paths = patches.flatMap(({ path }) => path ?? []);
  return [...resources, ...components, ...envs, ...paths].map((path) => join(folder, path));
}

/** A folder, and all that it is made of. */
const madeOf = (folder: string): string[] => [
  folder,
  ...namedBy(folder).flatMap((path) => (folders.includes(path) ? madeOf(path) : [path])),
];

describe('the files of deploy/kubernetes', () => {
  const used = new Set(OVERLAYS.flatMap(stepsOf).flatMap((step) => madeOf(join(KUBERNETES_FOLDER, step))));

  it('are all part of an overlay, and so of what is checked, save for the examples', () => {
    const files = filesIn(`${KUBERNETES_FOLDER}/**/*.{yaml,env}`).filter((file) => !file.includes('/examples/'));
    const left = files.filter((file) => !used.has(basename(file) === 'kustomization.yaml' ? dirname(file) : file));

    expect(files.length).toBeGreaterThan(40);
    expect(left).toEqual([]);
  });

  it('are components where they change what others have made', () => {
    const components = folders.filter((folder) => read(folder).kind === 'Component');
    const named = folders.flatMap((folder) => (read(folder).components ?? []).map((path) => join(folder, path)));

    expect(new Set(named)).toEqual(new Set(components));
  });
});

describe('whoever follows the guide', () => {
  const commands = blocksOf('sh', readRootFile('docs/guides/kubernetes.md')).join('\n');
  const named = (pattern: RegExp): string[] => [...commands.matchAll(pattern)].map(([, name = '']) => name);
  const manifests = renderAll('production');
  const namesOf = (kind: 'Deployment' | 'Job') => allOf(kind, manifests).map(({ metadata }) => metadata.name);

  it('applies the three steps in their order', () => {
    const applied = named(/^kubectl apply -k (\S+)$/gm).map((step) => join('overlays/production', step));

    expect(applied.map((step) => step.replace(/\/$/, ''))).toEqual(stepsOf('production'));
  });

  it('deletes, and waits for, each Job and each rollout that there is', () => {
    const [deleted = ''] = named(/delete job (.+) --ignore-not-found/g);
    const [waitedFor = ''] = named(/^for job in (.+); do$/gm);

    expect([deleted, waitedFor].map((names) => names.split(' ').sort())).toEqual([
      namesOf('Job').sort(),
      namesOf('Job').sort(),
    ]);
    expect(named(/rollout status deployment\/(\S+)/g).sort()).toEqual(namesOf('Deployment').sort());
  });

  it('names the namespaces and the image that there are', () => {
    const spaces = OVERLAYS.flatMap((overlay) => allOf('Namespace', renderAll(overlay))).map(
      ({ metadata }) => metadata.name,
    );

    expect(new Set(named(/kubectl -n (\S+)/g))).toEqual(new Set(spaces));
    expect(named(/set image ([\w-]+)=/g)).toEqual(['mainstay-store']);
  });
});
