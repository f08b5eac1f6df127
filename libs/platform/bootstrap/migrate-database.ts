import { parseArgs } from 'node:util';
import { loadSettings, readEnvironment } from '#platform/config';
import {
  DatabaseSettings,
  EXIT_NOT_SERVABLE,
  isServable,
  migrationStatus,
  pendingSql,
  runMigrations,
  type SchemaReport,
} from '#platform/postgres';
import { endWith, printLine, Unconfigured, Usage } from './end-with.js';

const USAGE = `Usage: migrate [--dry-run | status]

  migrate             applies the pending migrations
  migrate --dry-run   prints the SQL that it would send, and changes nothing
  migrate status      tells how the schema stands to this version

Ends with 0 when it is done, and the schema is one that this version serves on; 1 when a migration failed; 3 when this version
can't serve on the schema; 64 when it was called wrongly; 75 when no connection was to be had, or another run or a table in
use was in the way: run it again; 78 when the configuration is wrong.`;

/** `migrate`, with its arguments, for the modules that have been imported; see USAGE. */
export async function migrateDatabase(args = process.argv.slice(2)): Promise<void> {
  await endWith('migrate', async () => {
    const command = commandIn(args);
    const settings = migratorSettings();
    if (command === 'status') await tellStatus(settings);
    else if (command === 'dry-run') await printPending(settings);
    else await runMigrations(settings, printLine);
  });
}

function commandIn(args: string[]): 'apply' | 'dry-run' | 'status' {
  try {
    const { values, positionals } = parseArgs({
      args,
      options: { 'dry-run': { type: 'boolean', default: false } },
      allowPositionals: true,
    });
    const [first, ...rest] = positionals;
    if (first === undefined) return values['dry-run'] ? 'dry-run' : 'apply';
    if (first === 'status' && rest.length === 0 && !values['dry-run']) return 'status';
  } catch {
    // an option that there is not
  }
  throw new Usage(USAGE);
}

async function tellStatus(settings: DatabaseSettings): Promise<void> {
  const report = await migrationStatus(settings);
  for (const name of report.pending) printLine(`pending  ${name}`);
  for (const name of report.unknown) printLine(`unknown  ${name}`);
  printLine(`the schema is ${report.state}: ${MEANING[report.state]}`);
  if (!isServable(report)) process.exitCode = EXIT_NOT_SERVABLE;
}

const MEANING: Readonly<Record<SchemaReport['state'], string>> = {
  current: 'this version made it',
  ahead: 'a later version has migrated, and took nothing away that this one needs',
  pending: 'this version brings migrations that have not been applied',
  unknown: 'a later version, or another service, has migrated, and this version can not serve on it',
};

async function printPending(settings: DatabaseSettings): Promise<void> {
  const pending = await pendingSql(settings);
  if (pending.length === 0) printLine('-- nothing is pending');
  else printLine('-- To be read, not run: `migrate` also keeps a record of each, and its session has time-outs.');
  for (const { name, transactional, statements } of pending) {
    printLine(`-- ${name}${transactional ? '' : ', outside of a transaction'}`);
    if (statements.length === 0) printLine('-- nothing to change');
    if (statements.length === 0) continue;
    if (transactional) printLine('BEGIN;');
    for (const statement of statements) printLine(`${statement};`);
    if (transactional) printLine('COMMIT;');
  }
}

function migratorSettings(): DatabaseSettings {
  const env = withoutService(readEnvironment(process.cwd()));
  const settings = loadSettings(env, [DatabaseSettings]).get(DatabaseSettings);
  if (settings.url === undefined && settings.migratorUrl === undefined) {
    throw new Unconfigured('set DATABASE_MIGRATOR_URL or DATABASE_URL to the database that is to be migrated');
  }
  return settings;
}

/** In production the service's URL is required; a run of migrations that has its own is not to be given it. */
function withoutService(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  if (env['DATABASE_URL']?.trim() || env['DATABASE_URL_FILE']?.trim()) return env;
  const { DATABASE_MIGRATOR_URL: url, DATABASE_MIGRATOR_URL_FILE: file } = env;
  return { ...env, DATABASE_URL: url, DATABASE_URL_FILE: file };
}
