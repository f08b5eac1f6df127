import { DurationMs, DurationSeconds, PositiveInteger, Setting, Settings, SettingsRule, Url } from '#platform/config';

const POSTGRES_URL = { protocols: ['postgres', 'postgresql'] };
const WAIT = { min: 50, max: 600_000 };

/** Bounds nest, so that the inner one ends first: lock < statement < query. All are off in pg's own defaults. */
@SettingsRule<DatabaseSettings>({
  variable: 'DATABASE_LOCK_TIMEOUT_MS',
  dependsOn: ['DATABASE_STATEMENT_TIMEOUT_MS'],
  rule: 'must be less than DATABASE_STATEMENT_TIMEOUT_MS',
  holds: (settings) => settings.lockTimeoutMs < settings.statementTimeoutMs,
})
@SettingsRule<DatabaseSettings>({
  variable: 'DATABASE_STATEMENT_TIMEOUT_MS',
  dependsOn: ['DATABASE_QUERY_TIMEOUT_MS'],
  rule: 'must be less than DATABASE_QUERY_TIMEOUT_MS',
  holds: (settings) => settings.statementTimeoutMs < settings.queryTimeoutMs,
})
@SettingsRule<DatabaseSettings>({
  variable: 'DATABASE_READ_URL',
  dependsOn: ['DATABASE_URL'],
  rule: 'needs DATABASE_URL: a replica only repeats what a primary has',
  holds: (settings) => settings.readUrl === undefined || settings.url !== undefined,
})
@SettingsRule<DatabaseSettings>({
  variable: 'DATABASE_READ_CHECK_INTERVAL_MS',
  dependsOn: ['DATABASE_READ_LAG_MAX_MS'],
  rule: 'must be at most a quarter of DATABASE_READ_LAG_MAX_MS: between two looks the lag is unknown, and so grows',
  holds: (settings) => settings.readCheckIntervalMs * 4 <= settings.readLagMaxMs,
})
@Settings({ section: 'Database', description: 'Where Postgres is, and how long anything may wait for it.' })
export class DatabaseSettings {
  @Setting('DATABASE_URL', {
    description:
      'Postgres, as the role that reads and writes rows: mainstay_service of deploy/postgres/roles.sql. Without it, ' +
      'outside production, the stores live in memory.',
    secret: true,
    requiredInProduction: true,
    example: 'postgres://mainstay_service:secret@localhost:5432/store',
  })
  @Url(POSTGRES_URL)
  readonly url?: string;

  @Setting('DATABASE_MIGRATOR_URL', {
    description:
      'The same database as the role that owns the schema: mainstay_migrator of deploy/postgres/roles.sql. Migrations ' +
      'need it, and the service does not; DATABASE_URL unless set. It must not lead through a pooler in transaction ' +
      'mode, because a run of migrations holds a lock for its session.',
    secret: true,
    example: 'postgres://mainstay_migrator:secret@localhost:5432/store',
  })
  @Url(POSTGRES_URL)
  readonly migratorUrl?: string;

  @Setting('DATABASE_READ_URL', {
    description:
      'A read replica of the same database (streaming replication), as the role of DATABASE_URL: one server, and no ' +
      'address that leads to several. Lists and recommendations are read there, when it is fresh enough; without it, ' +
      'from DATABASE_URL.',
    secret: true,
    example: 'postgres://mainstay_service:secret@replica:5432/store',
  })
  @Url(POSTGRES_URL)
  readonly readUrl?: string;

  @Setting('DATABASE_POOL_MAX', {
    description:
      'Most connections of one replica that serve requests; one more cancels statements, and one hears of events. Keep ' +
      '(replicas + surge) × (this + 2) below 80% of max_connections of the server.',
    default: 10,
  })
  @PositiveInteger({ max: 200 })
  readonly poolMax!: number;

  @Setting('DATABASE_ACQUIRE_TIMEOUT_MS', {
    description: 'The longest wait for a free connection of the pool, or for the opening of a new one.',
    default: 1_000,
  })
  @DurationMs(WAIT)
  readonly acquireTimeoutMs!: number;

  @Setting('DATABASE_CONNECT_TIMEOUT_MS', {
    description: 'The longest wait for a connection outside the pool, which is what migrations use.',
    default: 5_000,
  })
  @DurationMs(WAIT)
  readonly connectTimeoutMs!: number;

  @Setting('DATABASE_LOCK_TIMEOUT_MS', {
    description:
      'The longest wait for a lock on a row or a table, for requests and migrations (server: lock_timeout). Keep it ' +
      "above the server's deadlock_timeout (1 s by default): else both sides of a deadlock give up, and not just one.",
    default: 1_500,
  })
  @DurationMs(WAIT)
  readonly lockTimeoutMs!: number;

  @Setting('DATABASE_STATEMENT_TIMEOUT_MS', {
    description: 'The longest that the server works on one statement of a request (server: statement_timeout).',
    default: 3_000,
  })
  @DurationMs(WAIT)
  readonly statementTimeoutMs!: number;

  @Setting('DATABASE_QUERY_TIMEOUT_MS', {
    description: 'The longest that a request waits for an answer, also of a server that has fallen silent.',
    default: 3_500,
  })
  @DurationMs(WAIT)
  readonly queryTimeoutMs!: number;

  @Setting('DATABASE_IDLE_IN_TRANSACTION_TIMEOUT_MS', {
    description: 'After so long without a statement the server ends a transaction that was left open.',
    default: 5_000,
  })
  @DurationMs(WAIT)
  readonly idleInTransactionTimeoutMs!: number;

  @Setting('DATABASE_CONNECTION_LIFETIME_SECONDS', {
    description:
      'Connections are renewed after at most so long, each up to 10% earlier, so that they find their way to a ' +
      'server that took over.',
    default: 1_800,
  })
  @DurationSeconds({ min: 1, max: 86_400 })
  readonly connectionLifetimeSeconds!: number;

  @Setting('DATABASE_MIGRATION_LOCK_WAIT_MS', {
    description: 'The longest that a run of migrations waits for another run to end.',
    default: 60_000,
  })
  @DurationMs({ min: 0, max: 3_600_000 })
  readonly migrationLockWaitMs!: number;

  @Setting('DATABASE_MIGRATION_TIMEOUT_MS', {
    description:
      'The longest that the transaction of a migration takes, since traffic waits for what it has locked (server: ' +
      'transaction_timeout; before Postgres 17, each of its statements). Migrations outside of a transaction (CREATE INDEX ' +
      'CONCURRENTLY) have no such bound.',
    default: 5_000,
  })
  @DurationMs(WAIT)
  readonly migrationTimeoutMs!: number;

  @Setting('DATABASE_READ_POOL_MAX', {
    description:
      'Most connections of one replica of the service to the read replica; one more watches it, and cancels statements. ' +
      'Keep (replicas + surge) × (this + 1) below 80% of max_connections there.',
    default: 10,
  })
  @PositiveInteger({ max: 200 })
  readonly readPoolMax!: number;

  @Setting('DATABASE_READ_LAG_MAX_MS', {
    description: 'What the read replica answers may be at most so old; when it is further behind, the primary answers.',
    default: 5_000,
  })
  @DurationMs({ min: 400, max: 600_000 })
  readonly readLagMaxMs!: number;

  @Setting('DATABASE_READ_CHECK_INTERVAL_MS', {
    description:
      'How often it is looked how far the read replica is behind, give or take 10%. For about so long after a write ' +
      'its caller is answered by the primary.',
    default: 500,
  })
  @DurationMs({ min: 100, max: 150_000 })
  readonly readCheckIntervalMs!: number;

  @Setting('DATABASE_READ_TIMEOUT_MS', {
    description:
      'The longest that a request waits for the read replica, and at most half of the time that it has left; then the ' +
      'primary answers.',
    default: 500,
  })
  @DurationMs(WAIT)
  readonly readTimeoutMs!: number;
}
