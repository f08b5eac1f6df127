import { newId } from '#kernel/id';
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
import { testServerUrl, withConnection } from './admin-connection.js';

const REACH_TIMEOUT_MS = 10_000;
const LIBS = join(import.meta.dirname, '../..');

export interface TestDatabaseOptions {
  /** Folders of migrations to apply; those of all modules, unless given. */
  readonly migrations?: readonly string[];
  /** For the data source; none, unless given. */
  readonly entities?: DataSourceOptions['entities'];
  /** Settings that differ from the defaults: `{ DATABASE_POOL_MAX: '2' }`. */
  readonly env?: Readonly<Record<string, string>>;
  /** Gives the URL that the pool takes instead of the true one: that of a `TcpProxy`. */
  readonly through?: (url: string) => Promise<string>;
}

/** A database for one suite, migrated, with a pool of the service's kind. */
export interface TestDatabase {
  /** The true one, for `withConnection`. */
  readonly url: string;
  readonly settings: DatabaseSettings;
  readonly dataSource: DataSource;
  readonly postgres: Postgres;
  /** Closes the pool and deletes the database, whoever is still connected. */
  drop(): Promise<void>;
}

/** Creates an empty database on the test server; `drop` deletes it. */
export async function createEmptyDatabase(): Promise<{ readonly url: string; drop(): Promise<void> }> {
  const name = `test_${newId().replaceAll('-', '')}`;
  await withConnection(testServerUrl(), (admin) => admin.query(`CREATE DATABASE ${name}`));
  const url = testServerUrl();
  url.pathname = `/${name}`;
  const drop = async (): Promise<void> => {
    await withConnection(testServerUrl(), (admin) => admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));
  };
  return { url: url.href, drop };
}

/** Creates a migrated database on the test server, and connects to it. */
export async function createTestDatabase(options: TestDatabaseOptions = {}): Promise<TestDatabase> {
  const database = await createEmptyDatabase();
  const url = (await options.through?.(database.url)) ?? database.url;
  const settings = databaseSettings(url, { DATABASE_MIGRATOR_URL: database.url, ...options.env });
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
  return { url: database.url, settings, dataSource, postgres: new Postgres(connection, settings, canceller), drop };
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
