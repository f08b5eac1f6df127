import type { ClientBase, Pool, PoolConfig } from 'pg';
import type { DataSourceOptions } from 'typeorm';
import type { DatabaseSettings } from './database.settings.js';

/** The schema of what belongs to the platform and to no module; TypeORM keeps its table of migrations there. */
export const PLATFORM_SCHEMA = 'platform';
export const MIGRATIONS_TABLE = 'migrations';

const KEEP_ALIVE_AFTER_IDLE_MS = 10_000;
const LIFETIME_JITTER = 0.1;
/** Of the time that the replica is given: so a statement that is slow is told from a server that is silent. */
const REPLICA_STATEMENT_SHARE = 0.8;

type PostgresOptions = Extract<DataSourceOptions, { type: 'postgres' }>;

/** How the service speaks to Postgres: one pool, every wait bounded. */
export function serviceDataSourceOptions(
  settings: DatabaseSettings,
  onIdleConnectionLost: (error: Error) => void,
): PostgresOptions {
  return {
    ...sharedOptions(settings.url),
    applicationName: 'mainstay',
    poolSize: settings.poolMax,
    // One bound for both: the wait for a free connection and the opening of a new one.
    connectTimeoutMS: settings.acquireTimeoutMs,
    poolErrorHandler: onIdleConnectionLost,
    extra: {
      ...sharedExtra,
      maxLifetimeSeconds: settings.connectionLifetimeSeconds,
      lock_timeout: settings.lockTimeoutMs,
      statement_timeout: settings.statementTimeoutMs,
      idle_in_transaction_session_timeout: settings.idleInTransactionTimeoutMs,
      // Frees the caller even when the server is silent; the server's own bound is shorter, so it ends first.
      query_timeout: settings.queryTimeoutMs,
    },
  };
}

/**
 * How the service speaks to the read replica: as to the primary, save that every wait is short, since the primary answers
 * instead. That the replica refuses writes is its nature; where the URL leads to a server that would take them, the
 * session does not.
 */
export const replicaPoolOptions = (settings: DatabaseSettings): PoolConfig => ({
  ...sharedExtra,
  connectionString: settings.readUrl,
  application_name: 'mainstay-read',
  options: '-c default_transaction_read_only=on',
  max: settings.readPoolMax,
  connectionTimeoutMillis: settings.readTimeoutMs,
  maxLifetimeSeconds: settings.connectionLifetimeSeconds,
  statement_timeout: Math.round(settings.readTimeoutMs * REPLICA_STATEMENT_SHARE),
  query_timeout: settings.queryTimeoutMs,
});

/** How migrations do: one connection, statements bounded by what they lock, a short wait for locks. */
export function migratorDataSourceOptions(
  settings: DatabaseSettings,
  migrations: PostgresOptions['migrations'],
): PostgresOptions {
  return {
    ...sharedOptions(settings.migratorUrl ?? settings.url),
    applicationName: 'mainstay-migrate',
    schema: PLATFORM_SCHEMA,
    migrationsTableName: MIGRATIONS_TABLE,
    migrations,
    poolSize: 1,
    connectTimeoutMS: settings.connectTimeoutMs,
    // A lost connection fails the statement that runs on it; the pool's own word on it adds nothing.
    poolErrorHandler: () => undefined,
    // A migration that queues for a table's lock makes every later query queue behind it: better to give up soon.
    extra: {
      ...sharedExtra,
      lock_timeout: settings.lockTimeoutMs,
      statement_timeout: settings.migrationTimeoutMs,
      idle_in_transaction_session_timeout: settings.idleInTransactionTimeoutMs,
    },
  };
}

/** Gives each connection a lifetime of its own, so that those opened together don't end together. */
export function spreadLifetimes(pool: Pool, lifetimeSeconds: number): void {
  Object.defineProperty(pool.options, 'maxLifetimeSeconds', {
    get: () => Math.round(lifetimeSeconds * (1 - LIFETIME_JITTER * Math.random())),
  });
}

const sharedOptions = (url: string | undefined) =>
  ({ type: 'postgres', ...(url === undefined ? {} : { url }), logging: false, installExtensions: false }) as const;

const sharedExtra = {
  keepAlive: true,
  keepAliveInitialDelayMillis: KEEP_ALIVE_AFTER_IDLE_MS,
  // A connection that dies while it is lent out emits an error besides failing its statement; unheard, that event
  // would end the process.
  onConnect: (client: ClientBase): void => void client.on('error', () => undefined),
};
