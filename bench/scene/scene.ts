import { Cleanup } from '../../tools/start-system/cleanup.ts';
import { type Issuer, issuerFor } from '../../tools/start-system/issuer.ts';
import type { Progress } from '../../tools/start/progress.ts';
import { LoadProcess } from '../load/load-process.ts';
import type { Cores } from '../machine/cores.ts';
import { type BenchDatabase, benchDatabase } from './database.ts';
import { type BenchRedis, benchRedis } from './redis.ts';

/** What all measurements of a run share. */
export interface Scene {
  readonly checkout: string;
  readonly cores: Cores;
  readonly database: BenchDatabase;
  /** Null where there is none on this machine. */
  readonly redis: BenchRedis | null;
  readonly issuer: Issuer;
  readonly load: LoadProcess;
  readonly progress: Progress;
  readonly signal: AbortSignal;
  /** Ends what was started with it. */
  readonly cleanup: Cleanup;
}

export type SceneNeeds = Pick<Scene, 'checkout' | 'cores' | 'progress' | 'signal' | 'cleanup'>;

/** Starts what is beside the servers. What was started by then is in the clean-up, however it ends. */
export async function prepareScene(needs: SceneNeeds): Promise<Scene> {
  const { checkout, progress, signal, cleanup } = needs;
  const database = await progress.step(
    'database',
    () => benchDatabase(checkout, signal),
    () => 'migrated and seeded',
  );
  cleanup.keep(database, (made) => made.stop());
  const redis = await progress.step('redis', benchRedis, (found) => (found ? 'ready' : 'none here: no redis-server'));
  cleanup.keep(redis, async (found) => found?.stop());
  const issuer = cleanup.keep(await issuerFor(checkout, {}), (made) => made.close());
  const load = cleanup.keep(new LoadProcess(), (made) => made.stop());
  signal.throwIfAborted();
  return { ...needs, database, redis, issuer, load };
}
