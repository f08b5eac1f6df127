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
  readonly sets: readonly ReplicaSet[];
  /** How the Jobs end. */
  readonly jobs: Readonly<Record<string, readonly string[]>>;
  /** Whether what is applied from now on never becomes ready. */
  readonly newIsBad: boolean;
  /** A kind that the API server does not take. */
  readonly refuses?: string;
  /** Whether it does not say what it has. */
  readonly silent?: boolean;
}

export interface Deployment {
  readonly name: string;
  /** The name of its ReplicaSet. */
  readonly template: string;
  readonly image: string;
  readonly annotations: Readonly<Record<string, string>>;
}

export interface ReplicaSet {
  readonly deployment: string;
  readonly name: string;
  readonly image: string;
  readonly revision: number;
  readonly annotations: Readonly<Record<string, string>>;
}

interface Written extends ClusterState {
  readonly calls: readonly string[];
  readonly namespaces: readonly string[];
  readonly images: readonly string[];
}

/** A service with what was kept of it, the last of which runs. */
export function service(name: string, images: readonly string[], annotations: Record<string, string> = {}) {
  const sets = images.map((image, index): ReplicaSet => {
    return { deployment: name, name: `${name}-${index}`, image, revision: 40 + index, annotations: {} };
  });
  const { name: template, image } = sets.at(-1) as ReplicaSet;
  return { deployment: { name, template, image, annotations } satisfies Deployment, sets };
}

/** A cluster with those. */
export const clusterOf = (
  ...services: readonly ReturnType<typeof service>[]
): Pick<ClusterState, 'deployments' | 'sets'> => ({
  deployments: services.map(({ deployment }) => deployment),
  sets: services.flatMap(({ sets }) => sets),
});

const RUNNING: ClusterState = {
  ...clusterOf(service('recommender', [GOOD]), service('store', [GOOD])),
  jobs: { 'recommender-migrate': ['SuccessCriteriaMet', 'Complete'], 'store-migrate': ['Complete'] },
  newIsBad: false,
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

  run(name: string, env: Readonly<Record<string, string>>): Promise<Outcome> {
    return step(name, { ...this.env, ...env });
  }

  /** By which a step meets it. */
  get env(): Readonly<Record<string, string>> {
    return { STUB_STATE: this.file, TMPDIR: this.folder, PATH: `${this.folder}:${process.env['PATH']}` };
  }

  /** From now on. */
  async becomes(over: Partial<ClusterState>): Promise<void> {
    await writeFile(this.file, JSON.stringify({ ...(await this.state()), ...over }));
  }

  /** What it has, and what it was told in order: of what is applied the kinds, and nothing of what was only asked. */
  async state(): Promise<Written> {
    return JSON.parse(await readFile(this.file, 'utf8')) as Written;
  }

  remove(): Promise<void> {
    return rm(this.folder, { recursive: true, force: true });
  }

  /** The images that the Deployments have, in the order of their names. */
  async imagesNow(): Promise<readonly string[]> {
    const { deployments } = await this.state();
    return deployments.toSorted((a, b) => a.name.localeCompare(b.name)).map(({ image }) => image);
  }

  private get file(): string {
    return join(this.folder, 'state.json');
  }
}
