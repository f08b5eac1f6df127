import { DataSource, MigrationExecutor, type QueryRunner } from 'typeorm';
import { migratorDataSourceOptions } from '../data-source-options.js';
import type { DatabaseSettings } from '../database.settings.js';
import { ServerUnreachable } from './migration-errors.js';
import { loadMigrations, type MigrationClass, registeredMigrationFolders } from './migration-folders.js';

export interface MigratorSession {
  readonly runner: QueryRunner;
  readonly executor: MigrationExecutor;
  readonly migrations: readonly MigrationClass[];
  /** Their names. */
  readonly known: readonly string[];
}

/**
 * Does the work on one connection of the migrator role.
 * @param folders of migrations; those that the imported modules registered, unless given
 * @throws ServerUnreachable
 */
export async function withMigrator<T>(
  settings: DatabaseSettings,
  work: (session: MigratorSession) => Promise<T>,
  folders: readonly string[] = registeredMigrationFolders(),
): Promise<T> {
  const migrations = await loadMigrations(folders);
  const dataSource = new DataSource(migratorDataSourceOptions(settings, [...migrations]));
  await dataSource.initialize().catch((error: unknown) => {
    throw new ServerUnreachable(error);
  });
  const runner = dataSource.createQueryRunner();
  try {
    const known = migrations.map(({ name }) => name);
    return await work({ runner, executor: new MigrationExecutor(dataSource, runner), migrations, known });
  } finally {
    await runner.release().catch(() => undefined);
    await dataSource.destroy().catch(() => undefined);
  }
}
