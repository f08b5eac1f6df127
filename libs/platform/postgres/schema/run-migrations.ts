import type { Migration, QueryRunner } from 'typeorm';
import { MIGRATIONS_TABLE, PLATFORM_SCHEMA } from '../data-source-options.js';
import type { DatabaseSettings } from '../database.settings.js';
import { askOver } from './ask.js';
import { prepareSteps, recordStep, type SchemaMigration } from './compatibility.js';
import { MigrationFailed, SchemaTooNew } from './migration-errors.js';
import { underMigrationLock } from './migration-lock.js';
import { withMigrator, type MigratorSession } from './migrator-session.js';
import { makeReadOnly } from './read-only-table.js';
import { schemaReport } from './schema-report.js';

/**
 * Applies the pending migrations as the migrator role, each in a transaction of its own, one run at a time. After a
 * rollback there is nothing to apply: a schema that a later version has made is left as it is.
 * @param log takes one line for each thing done
 * @param folders of migrations; those that the imported modules registered, unless given
 * @returns the names of those applied
 * @throws SchemaTooNew, MigrationFailed, MigrationLockBusy, ServerUnreachable
 */
export async function runMigrations(
  settings: DatabaseSettings,
  log: (line: string) => void,
  folders?: readonly string[],
): Promise<string[]> {
  const onWait = (): void => log('waiting for another migration run to end');
  return withMigrator(
    settings,
    (session) =>
      underMigrationLock(session.runner, settings.migrationLockWaitMs, onWait, async () => {
        await refuseTooNew(session);
        await session.runner.query(`CREATE SCHEMA IF NOT EXISTS ${PLATFORM_SCHEMA}`);
        await prepareSteps(session.runner);
        return applyPending(session, log);
      }),
    folders,
  );
}

async function refuseTooNew({ runner, known }: MigratorSession): Promise<void> {
  const { state, unknown } = await schemaReport(askOver(runner), known);
  if (state === 'unknown') throw new SchemaTooNew(unknown);
}

async function applyPending(session: MigratorSession, log: (line: string) => void): Promise<string[]> {
  const pending = await session.executor.getPendingMigrations();
  if (pending.length === 0) log('nothing is pending');
  for (const migration of pending) {
    const startedAtMs = performance.now();
    await apply(session, migration);
    log(`applied ${migration.name} in ${Math.round(performance.now() - startedAtMs)} ms`);
  }
  return pending.map(({ name }) => name);
}

/**
 * In a transaction, which is bounded because traffic waits for what it has locked; unless the migration refuses one
 * (`transaction = false`): CREATE INDEX CONCURRENTLY needs that, holds nobody up, and takes its time.
 */
async function apply({ executor, runner }: MigratorSession, migration: Migration): Promise<void> {
  const transactional = migration.instance?.transaction ?? true;
  try {
    if (transactional) await begin(runner);
    else await runner.query('SET statement_timeout = 0');
    // Before the work: without a transaction, what is applied and not told of would shut out all older code for good.
    await recordStep(runner, { ...(migration.instance as SchemaMigration), name: migration.name });
    await executor.executeMigration(migration);
    if (!transactional) await runner.query('RESET statement_timeout');
    await protectRecords(runner);
    if (transactional) await runner.commitTransaction();
  } catch (error) {
    if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
    throw new MigrationFailed(migration.name, error);
  }
}

/** The session's bound for a statement, for all of the transaction too, where Postgres can (from 17 on). */
async function begin(runner: QueryRunner): Promise<void> {
  await runner.startTransaction();
  await runner.query(`
    SELECT set_config('transaction_timeout', current_setting('statement_timeout'), true)
    WHERE current_setting('server_version_num')::integer >= 170000`);
}

/** The first migration made the table. A service that could write it could have migrations skipped, or done again. */
const protectRecords = (runner: QueryRunner): Promise<void> =>
  makeReadOnly(runner, `${PLATFORM_SCHEMA}.${MIGRATIONS_TABLE}`);
