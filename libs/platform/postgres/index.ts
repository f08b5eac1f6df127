export { serviceDataSourceOptions } from './data-source-options.js';
export { wasRefused } from './connection-fitness.js';
export { DatabaseConflict, DatabaseTimeout, DatabaseUnavailable } from './database.errors.js';
export { DatabaseSettings } from './database.settings.js';
export { loadMigrations, registeredMigrationFolders } from './schema/migration-folders.js';
export { NotificationListener } from './notification-listener.js';
export { PostgresConnection } from './postgres-connection.js';
export { PostgresModule } from './postgres.module.js';
export { Postgres } from './postgres.js';
export { makeReadOnly } from './schema/read-only-table.js';
export { retryConflict } from './retry-conflict.js';
export { RoleRights } from './role-rights.js';
export { EXIT_NOT_SERVABLE } from './schema/migration-errors.js';
export type { SchemaMigration } from './schema/compatibility.js';
export { migrationStatus } from './schema/migration-status.js';
export { pendingSql, sqlOf } from './schema/migration-sql.js';
export { runMigrations } from './schema/run-migrations.js';
export { isServable, type SchemaReport } from './schema/schema-report.js';
export { SchemaState } from './schema/schema-state.js';
export { StatementCanceller } from './statement-canceller.js';
export { isUniqueViolation, messageOf } from './sql-state.js';
export type {
  PoolStats,
  Statement,
  StatementCall,
  StatementObserver,
  StatementOutcome,
  StatementResult,
} from './statement.js';
export { storeAdapter } from './store-adapter.js';
export { translateDatabaseError } from './translate-database-error.js';
