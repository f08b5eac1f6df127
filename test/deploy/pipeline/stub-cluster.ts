import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Outcome } from '../../../tools/process/run-program.ts';
import { kustomizeProgram } from '../../architecture/kubernetes/kustomize.js';
import { step } from './step.js';

export const imageOf = (digit: string): string => `registry.example.com/mainstay-store@sha256:${digit.repeat(64)}`;
/** What runs, and is good. */
export const GOOD = imageOf('a');

export interface ClusterState {
  readonly deployments: readonly Deployment[];
  /** What Kubernetes has kept. */
  readonly sets: readonly { readonly name: string; readonly revision: number; readonly image: string }[];
  /** How the Jobs end. */
  readonly jobs: Readonly<Record<string, readonly string[]>>;
  /** Images that never become ready. */
  readonly bad: readonly string[];
  /** A kind that the API server does not take. */
  readonly refuses?: string;
  /** Whether it says what it has. */
  readonly silent?: boolean;
}

export interface Deployment {
  readonly name: string;
  readonly revision: number;
  readonly image: string;
  readonly annotations: Readonly<Record<string, string>>;
}

interface Written extends ClusterState {
  readonly calls: readonly string[];
  readonly namespaces: readonly string[];
  readonly images: readonly string[];
}

const RUNNING: ClusterState = {
  deployments: [
    { name: 'recommender', revision: 7, image: GOOD, annotations: {} },
    { name: 'store', revision: 41, image: GOOD, annotations: {} },
  ],
  sets: [
    { name: 'recommender', revision: 7, image: GOOD },
    { name: 'store', revision: 41, image: GOOD },
  ],
  jobs: { 'recommender-migrate': ['SuccessCriteriaMet', 'Complete'], 'store-migrate': ['Complete'] },
  bad: [],
};

/** A `kubectl` that no cluster is behind: a cluster is outside of our walls, and none is here. Kustomize is the real one. */
export class StubCluster {
  private constructor(private readonly folder: string) {}

  static async with(over: Partial<ClusterState> = {}): Promise<StubCluster> {
    const folder = await mkdtemp(join(tmpdir(), 'mainstay-cluster-'));
    await symlink(join(import.meta.dirname, 'kubectl-stub.mjs'), join(folder, 'kubectl'));
    const kustomize = kustomizeProgram();
    if (kustomize !== 'kustomize') await symlink(kustomize, join(folder, 'kustomize'));
    const cluster = new StubCluster(folder);
    await writeFile(cluster.file, JSON.stringify({ ...RUNNING, ...over, calls: [], namespaces: [], images: [] }));
    return cluster;
  }

  run(name: string, env: Readonly<Record<string, string>>, signal?: AbortSignal): Promise<Outcome> {
    return step(name, { STUB_STATE: this.file, TMPDIR: this.folder, ...env }, { path: [this.folder], signal });
  }

  /** What it has, and what it was told in order: of what is applied the kinds, and nothing of what was only asked. */
  async state(): Promise<Written> {
    return JSON.parse(await readFile(this.file, 'utf8')) as Written;
  }

  remove(): Promise<void> {
    return rm(this.folder, { recursive: true, force: true });
  }

  private get file(): string {
    return join(this.folder, 'state.json');
  }
}
