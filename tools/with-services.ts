/**
 * `node tools/with-services.ts <entry.js> [arguments]`: runs one built program with a database at hand. That is the one
 * of DATABASE_URL, else the embedded one that `npm start` runs, else an embedded one for as long as the program runs.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:os';
import { basename, resolve } from 'node:path';
import { findRunningPostgres, type RoleUrls } from './embedded-postgres/index.ts';
import { tryLock } from './process/lock-file.ts';
import { explain, Refusal } from './process/refusal.ts';
import { pollUntil } from './process/wait.ts';
import { buildStore } from './start/build.ts';
import { type Database, databaseFor } from './start/database.ts';
import { developmentEnvironment, namesDatabase, refuseMigratorAlone } from './start/environment.ts';
import { sessionLockPath } from './start/session-lock.ts';

/** How long `npm start` may be on its way before its database answers: a first initdb on a slow disk. */
const RUNNING_TIMEOUT_MS = 120_000;

/** The program has said what is wrong, and its database has nothing to do with it: `status`' 3, and sysexits.h from 64 on. */
const SAID_ALL: ReadonlySet<number> = new Set([3, 64, 75, 78]);

const checkout = resolve(import.meta.dirname, '..');

type DatabaseAtHand = Pick<Database, 'env' | 'migratorEnv' | 'advice' | 'stop'>;

async function main([entry, ...args]: string[]): Promise<number> {
  if (entry === undefined) throw new Refusal('Usage: node tools/with-services.ts <entry.js> [arguments]');
  const env = await developmentEnvironment(checkout, process.env);
  await buildStore(checkout);
  const purpose = `npm run ${process.env['npm_lifecycle_event'] ?? entry}`;
  const database = namesDatabase(env) ? await databaseFor(env) : await embedded(env, purpose);
  try {
    const code = await run([resolve(checkout, entry), ...args], {
      ...env,
      ...database.env,
      ...database.migratorEnv,
    });
    if (code > 0 && code < 128 && !SAID_ALL.has(code))
      process.stderr.write(`\n${database.advice(basename(entry, '.js'))}\n`);
    return code;
  } finally {
    await database.stop();
  }
}

/** The server of whoever holds the session, or one of our own for which we hold it. */
async function embedded(env: NodeJS.ProcessEnv, purpose: string): Promise<DatabaseAtHand> {
  refuseMigratorAlone(env);
  const found = await pollUntil(() => borrowOrStart(env, purpose), { timeoutMs: RUNNING_TIMEOUT_MS });
  if (found) return found;
  throw new Refusal('`npm start` is on its way in this checkout, but its database does not answer. Look there first.');
}

async function borrowOrStart(env: NodeJS.ProcessEnv, purpose: string): Promise<DatabaseAtHand | null> {
  const { lock } = await tryLock(sessionLockPath(checkout), purpose);
  if (!lock) {
    const urls = await findRunningPostgres();
    return urls === null ? null : borrowed(urls);
  }
  const database = await databaseFor(env).catch(async (error: unknown) => {
    await lock.release();
    throw error;
  });
  return { ...database, stop: () => database.stop().finally(() => lock.release()) };
}

function borrowed({ serviceUrl, migratorUrl }: RoleUrls): DatabaseAtHand {
  return {
    env: { DATABASE_URL: serviceUrl },
    migratorEnv: { DATABASE_MIGRATOR_URL: migratorUrl },
    advice: () => 'The database is the embedded one of the `npm start` that runs in this checkout: look there first.',
    stop: () => Promise.resolve(),
  };
}

async function run(args: string[], env: NodeJS.ProcessEnv): Promise<number> {
  const child = spawn(process.execPath, ['--enable-source-maps', ...args], { cwd: checkout, env, stdio: 'inherit' });
  const ended = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
  const forward = (name: NodeJS.Signals) => void child.kill(name);
  // The terminal gives SIGINT to the program as well: here it must only not end us before the cleaning up.
  const ignore = () => undefined;
  process.on('SIGTERM', forward).on('SIGHUP', forward).on('SIGINT', ignore);
  const [code, signal] = await ended;
  process.off('SIGTERM', forward).off('SIGHUP', forward).off('SIGINT', ignore);
  return code ?? 128 + (signal ? constants.signals[signal] : 0);
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${explain(error)}\n`);
  process.exitCode = 1;
}
