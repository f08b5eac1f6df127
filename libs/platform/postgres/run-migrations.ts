import { DataSource, type Migration, MigrationExecutor, type QueryRunner } from 'typeorm';
import { MIGRATIONS_TABLE, migratorDataSourceOptions, PLATFORM_SCHEMA } from './data-source-options.js';
import type { DatabaseSettings } from './database.settings.js';
import { loadMigrations, registeredMigrationFolders } from './migration-folders.js';
import { underMigrationLock } from './migration-lock.js';
import { makeReadOnly } from './read-only-table.js';
import { messageOf } from './sql-state.js';

/** One migration failed and was undone; those before it stay. */
export class MigrationFailed extends Error {
  constructor(
    readonly migration: string,
    cause: unknown,
  ) {
    super(`${migration} failed: ${messageOf(cause)}`, { cause });
    this.name = MigrationFailed.name;
  }
}

/**
 * Applies the pending migrations as the migrator role, each in a transaction of its own, one run at a time.
 * @param log takes one line for each thing done
 * @param folders of migrations; those that the imported modules registered, unless given
 * @returns the names of those applied
 * @throws MigrationFailed, MigrationLockBusy, or pg's own error when the server can't be reached
 */
export async function runMigrations(
  settings: DatabaseSettings,
  log: (line: string) => void,
  folders: readonly string[] = registeredMigrationFolders(),
): Promise<string[]> {
  const dataSource = new DataSource(migratorDataSourceOptions(settings, await loadMigrations(folders)));
  await dataSource.initialize();
  const runner = dataSource.createQueryRunner();
  try {
    const onWait = (): void => log('waiting for another migration run to end');
    return await underMigrationLock(runner, settings.migrationLockWaitMs, onWait, async () => {
      await runner.query(`CREATE SCHEMA IF NOT EXISTS ${PLATFORM_SCHEMA}`);
      return applyPending(new MigrationExecutor(dataSource, runner), runner, log);
    });
  } finally {
    await runner.release();
    await dataSource.destroy();
  }
}

async function applyPending(
  executor: MigrationExecutor,
  runner: QueryRunner,
  log: (line: string) => void,
): Promise<string[]> {
  const pending = await executor.getPendingMigrations();
  if (pending.length === 0) log('the schema is current, nothing to apply');
  for (const migration of pending) {
    const startedAtMs = performance.now();
    await apply(executor, runner, migration);
    log(`applied ${migration.name} in ${Math.round(performance.now() - startedAtMs)} ms`);
  }
  return pending.map(({ name }) => name);
}

/** In a transaction, unless the migration refuses one (`transaction = false`: CREATE INDEX CONCURRENTLY needs that). */
async function apply(executor: MigrationExecutor, runner: QueryRunner, migration: Migration): Promise<void> {
  const transactional = migration.instance?.transaction ?? true;
  try {
    if (transactional) await runner.startTransaction();
    await executor.executeMigration(migration);
    // The first one made the table. A service that could write it could have migrations skipped, or done again.
    await makeReadOnly(runner, `${PLATFORM_SCHEMA}.${MIGRATIONS_TABLE}`);
    if (transactional) await runner.commitTransaction();
  } catch (error) {
    if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
    throw new MigrationFailed(migration.name, error);
  }
}
