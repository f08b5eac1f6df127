import { DEVELOPMENT_ISSUER } from '../development-issuer/development-issuer.ts';
import { banner } from './banner.ts';
import { buildStore, builtEntry } from './build.ts';
import { type Database, databaseFor } from './database.ts';
import { servesDocs } from './environment.ts';
import type { Interruption } from './interruption.ts';
import type { Listeners } from './listeners.ts';
import { prepareData } from './prepare-data.ts';
import type { Progress } from './progress.ts';
import { untilReady } from './readiness.ts';
import { findSampleProduct } from './sample-product.ts';
import { describeEnd, launchService, type Service } from './service.ts';

const WITHOUT_POSTGRES = 'The service runs on without it; to have it again: Ctrl-C, then npm start.';

export interface StoreRun {
  readonly checkout: string;
  readonly env: NodeJS.ProcessEnv;
  readonly listeners: Listeners;
  /** Another built program in place of the store: then nothing is built, migrated or seeded. */
  readonly entry: string | null;
  readonly progress: Progress;
  readonly interruption: Interruption;
}

/** Brings the store up, waits for its end, and takes down what was brought up. Gives the exit code. */
export async function runStore(run: StoreRun): Promise<number> {
  const database = await prepare(run);
  try {
    const env = { ...run.env, ...database.env };
    if (database.away !== null) run.progress.note(database.away);
    if (run.entry === null) await prepareData(database, { ...run, env });
    await database.watch((log) => say(`Postgres has ended by itself; its log: ${log}. ${WITHOUT_POSTGRES}`));
    run.interruption.signal.throwIfAborted();
    return await serve(run, database, launchService(run.entry ?? builtEntry(run.checkout), env, run.checkout));
  } finally {
    await database.stop();
    const where = database.embedded ? `in ${database.data}` : database.data;
    if (run.interruption.signal.aborted) run.progress.note(`stopped; the data is kept ${where}`);
  }
}

/** Build and database at the same time. When one fails the other is called off, and nothing of it stays. */
async function prepare({ checkout, env, entry, progress, interruption }: StoreRun): Promise<Database> {
  const failure = new AbortController();
  const signal = AbortSignal.any([interruption.signal, failure.signal]);
  const step = <T>(name: string, work: () => Promise<T>, describe: (result: T) => string) =>
    progress.step(name, work, describe).catch((error: unknown) => {
      failure.abort(error);
      throw error;
    });
  const [built, database] = await Promise.allSettled([
    entry === null && step('build', () => buildStore(checkout, signal), describeBuild),
    step('database', () => databaseFor(env, signal), describeDatabase),
  ]);
  if (built.status === 'fulfilled' && database.status === 'fulfilled') return database.value;
  if (database.status === 'fulfilled') await database.value.stop();
  if (interruption.signal.aborted) progress.note('stopped before anything was up');
  throw failure.signal.reason;
}

async function serve(run: StoreRun, database: Database, service: Service): Promise<number> {
  const { interruption, listeners, progress } = run;
  const stopped = new Promise<number>((resolve) => {
    interruption.signal.addEventListener('abort', () => resolve(service.stop()), { once: true });
  });
  interruption.onSecond(() => service.kill());
  try {
    const url = `${listeners.management.origin}/health/ready`;
    await progress.step(
      'store',
      () => untilReady(url, service.ended, interruption.signal),
      () => 'ready',
    );
    await printBanner(run, database);
    const code = await service.ended;
    if (interruption.signal.aborted) return await stopped;
    say(`The service ended by itself, with ${describeEnd(code)}; see its log above. Everything else is stopped.`);
    return code;
  } finally {
    // After an error the service may still be there.
    await service.stop();
  }
}

async function printBanner({ env, listeners: { api, management } }: StoreRun, database: Database): Promise<void> {
  const facts = {
    api: api.origin,
    management: management.origin,
    docs: servesDocs(env),
    issuesTokens: env['JWT_ISSUER'] === DEVELOPMENT_ISSUER,
    database: database.shownAs,
    data: database.data,
    product: await findSampleProduct(api.origin),
    readableLogs: process.stdout.isTTY,
  };
  process.stdout.write(banner(facts));
}

/** Set apart from the service's log, among which it comes. */
function say(text: string): void {
  process.stderr.write(`\n${text}\n\n`);
}

function describeBuild(result: 'unchanged' | 'compiled'): string {
  return result === 'compiled' ? 'compiled' : 'nothing changed since the last one';
}

function describeDatabase({ shownAs, embedded, adopted }: Database): string {
  if (!embedded) return `${shownAs} (DATABASE_URL is set: nothing embedded is started)`;
  return `${shownAs}${adopted ? ' (found running, used on)' : ''}`;
}
