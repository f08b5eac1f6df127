import { loadSettings } from '#platform/config';
import {
  DatabaseSettings,
  Postgres,
  PostgresConnection,
  runMigrations,
  serviceDataSourceOptions,
  StatementCanceller,
} from '#platform/postgres';
import { glob } from 'node:fs/promises';
import { join } from 'node:path';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { createEmptyDatabase, type EmptyDatabase } from './empty-database.js';

const REACH_TIMEOUT_MS = 10_000;
const LIBS = join(import.meta.dirname, '../..');

export interface TestDatabaseOptions {
  /** Folders of migrations to apply; those of all modules, unless given. */
  readonly migrations?: readonly string[];
  /** For the data source; none, unless given. */
  readonly entities?: DataSourceOptions['entities'];
  /** Settings that differ from the defaults: `{ DATABASE_POOL_MAX: '2' }`. */
  readonly env?: Readonly<Record<string, string>>;
  /** Gives the URL that the pool takes instead of the service's true one: that of a `TcpProxy`. */
  readonly through?: (url: string) => Promise<string>;
}

/** A database for one suite, migrated by its migrator, with a pool of the service's kind and of its role. */
export interface TestDatabase extends EmptyDatabase {
  readonly settings: DatabaseSettings;
  readonly dataSource: DataSource;
  readonly postgres: Postgres;
  /** Closes the pool and deletes the database, whoever is still connected. */
  drop(): Promise<void>;
}

/** Creates a migrated database on the test server, and connects to it. */
export async function createTestDatabase(options: TestDatabaseOptions = {}): Promise<TestDatabase> {
  const database = await createEmptyDatabase();
  const url = (await options.through?.(database.serviceUrl)) ?? database.serviceUrl;
  const settings = databaseSettings(url, { DATABASE_MIGRATOR_URL: database.migratorUrl, ...options.env });
  await runMigrations(settings, () => undefined, options.migrations ?? (await everyMigrationFolder()));
  const dataSource = new DataSource({
    ...serviceDataSourceOptions(settings, () => undefined),
    entities: options.entities ?? [],
  });
  const connection = new PostgresConnection(dataSource, settings);
  connection.onModuleInit();
  await connection.whenReached(REACH_TIMEOUT_MS);
  const canceller = new StatementCanceller(settings, connection);
  const drop = async (): Promise<void> => {
    await canceller.onApplicationShutdown();
    await connection.onApplicationShutdown();
    await database.drop();
  };
  return { ...database, settings, dataSource, postgres: new Postgres(connection, settings, canceller), drop };
}

/** The settings that a service with this URL would have. */
export function databaseSettings(
  url: string | undefined,
  env: Readonly<Record<string, string>> = {},
): DatabaseSettings {
  return loadSettings({ NODE_ENV: 'test', ...(url === undefined ? {} : { DATABASE_URL: url }), ...env }).get(
    DatabaseSettings,
  );
}

async function everyMigrationFolder(): Promise<string[]> {
  const folders: string[] = [];
  for await (const folder of glob('{modules,platform}/*/{adapters/postgres/,}migrations', { cwd: LIBS })) {
    folders.push(join(LIBS, folder));
  }
  return folders.sort();
}
