import { Refusal } from '../process/refusal.ts';
import { runProgram } from '../process/run-program.ts';
import { builtProgram } from './build.ts';
import type { Database } from './database.ts';
import type { Interruption } from './interruption.ts';
import type { Progress } from './progress.ts';

const MIGRATE_TIMEOUT_MS = 300_000;
const SEED_TIMEOUT_MS = 300_000;

export interface Preparation {
  readonly checkout: string;
  /** With the database in it, as the service finds it. */
  readonly env: NodeJS.ProcessEnv;
  readonly progress: Progress;
  readonly interruption: Interruption;
}

/**
 * Brings the schema up to date, and adds the sample data to a database of our own. A server that the environment names
 * may hold a real shop: nobody wants to find our coffee in it.
 * @throws Refusal with the program's words, which database it was, and what to try
 */
export async function prepareData(database: Database, preparation: Preparation): Promise<void> {
  const env = { ...preparation.env, ...database.migratorEnv };
  await runStep('migrate', MIGRATE_TIMEOUT_MS, database, { ...preparation, env });
  if (database.embedded) await runStep('seed', SEED_TIMEOUT_MS, database, preparation);
  else preparation.progress.note('seed skipped (DATABASE_URL is yours; npm run seed adds the sample data)');
}

async function runStep(
  name: 'migrate' | 'seed',
  timeoutMs: number,
  database: Database,
  { checkout, env, progress, interruption: { signal } }: Preparation,
): Promise<void> {
  const work = async () => {
    const args = ['--enable-source-maps', builtProgram(checkout, name)];
    const outcome = await runProgram(process.execPath, args, { cwd: checkout, env, timeoutMs, signal });
    if (outcome.code === 0) return outcome.output;
    const how = outcome.timedOut ? `took more than ${timeoutMs / 1000} s` : `ended with code ${outcome.code}`;
    throw new Refusal(`The step \`${name}\` ${how}:\n${outcome.output}\n\n${database.advice(name)}`);
  };
  await progress.step(name, work, lastLine);
}

function lastLine(output: string): string {
  return output.split('\n').at(-1)?.trim() || 'done';
}
