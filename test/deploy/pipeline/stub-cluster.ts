import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Outcome } from '../../../tools/process/run-program.ts';
import { kustomizeProgram } from '../../architecture/kubernetes/kustomize.js';
import { step } from './step.js';

export interface ClusterState {
  /** Of each Deployment, before. */
  readonly revisions?: string;
  /** How the Jobs end. */
  readonly jobs?: string;
  /** Of `kubectl rollout status` after something was applied. */
  readonly rolloutCode?: number;
}

/** A `kubectl` that no cluster is behind: a cluster is outside of our walls, and none is here. Kustomize is the real one. */
export class StubCluster {
  private constructor(private readonly folder: string) {}

  static async with({ revisions, jobs, rolloutCode = 0 }: ClusterState = {}): Promise<StubCluster> {
    const folder = await mkdtemp(join(tmpdir(), 'mainstay-cluster-'));
    await symlink(join(import.meta.dirname, 'kubectl-stub.sh'), join(folder, 'kubectl'));
    const kustomize = kustomizeProgram();
    if (kustomize !== 'kustomize') await symlink(kustomize, join(folder, 'kustomize'));
    await writeFile(
      join(folder, 'revisions'),
      revisions ?? 'deployment.apps/recommender=7\ndeployment.apps/store=41\n',
    );
    await writeFile(
      join(folder, 'jobs'),
      jobs ?? 'recommender-migrate=SuccessCriteriaMet Complete\nstore-migrate=Complete\n',
    );
    await writeFile(join(folder, 'rollout-code'), String(rolloutCode));
    await writeFile(join(folder, 'images'), '');
    return new StubCluster(folder);
  }

  run(name: string, env: Readonly<Record<string, string>>): Promise<Outcome> {
    return step(name, { STUB_STATE: this.folder, TMPDIR: this.folder, ...env }, [this.folder]);
  }

  /** What `kubectl` was told, in order; of what is applied, its kinds. */
  async calls(): Promise<string[]> {
    return (await this.read('calls')).split('\n').filter(Boolean);
  }

  /** Each image that was ever applied. */
  async images(): Promise<ReadonlySet<string>> {
    return new Set((await this.read('images')).split('\n').filter(Boolean));
  }

  remove(): Promise<void> {
    return rm(this.folder, { recursive: true, force: true });
  }

  private read(name: string): Promise<string> {
    return readFile(join(this.folder, name), 'utf8').catch(() => '');
  }
}
