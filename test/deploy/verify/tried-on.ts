import { testServerUrl } from '#platform/testing';
import { Ticker } from '../../../tools/verify/report/ticker.ts';
import type { Database } from '../../../tools/verify/stage/databases.ts';
import { Stage } from '../../../tools/verify/stage/stage.ts';
import type { Verdict } from '../../../tools/verify/trial/trial.ts';
import { tried } from '../../../tools/verify/tried.ts';
import { ROOT } from '../../system/support/spawn-service.js';
import { storeDatabase } from '../../system/support/store-database.js';

export interface Tried {
  readonly verdicts: readonly Verdict[];
  /** What `verify` would have shown meanwhile. */
  readonly output: string;
}

/**
 * `npm run verify -- --dist … --only …` in this process, with a copy of a database: to start a Postgres, and to migrate and
 * seed it, is half of what such a run takes. What counts is what the trial itself has found, and not how the replicas are
 * after it.
 * @param release the folder whose `dist` is tried
 * @throws Error with what was shown by then, when it has not ended in time
 */
export async function triedOn(release: string, only: string, timeoutMs: number): Promise<Tried> {
  const told: string[] = [];
  const ticker = new Ticker((text) => told.push(text));
  const tell = (text: string): void => ticker.note(text);
  const env = { PATH: process.env['PATH'], VERIFY_DATABASE_URL: testServerUrl().href };
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const stage = await Stage.open({ checkout: ROOT, release, env, tell, signal, database: copied });
    try {
      const { verdicts } = await tried(stage, [only], ticker, { judgesRecovery: false });
      return { verdicts, output: told.join('') };
    } finally {
      await stage.close();
    }
  } catch (cause) {
    throw new Error(`"${only}" could not be tried:\n${told.join('')}`, { cause });
  }
}

async function copied(): Promise<Database> {
  const { url, ...others } = await storeDatabase({ seeded: true });
  return { adminUrl: url, ...others };
}
