export { serviceDataSourceOptions } from './data-source-options.js';
export { DatabaseConflict, DatabaseTimeout, DatabaseUnavailable } from './database.errors.js';
export { DatabaseSettings } from './database.settings.js';
export { MigrationLockBusy } from './migration-lock.js';
export { PostgresConnection } from './postgres-connection.js';
export { PostgresModule } from './postgres.module.js';
export { Postgres } from './postgres.js';
export { makeReadOnly } from './read-only-table.js';
export { RoleRights } from './role-rights.js';
export { MigrationFailed, runMigrations } from './run-migrations.js';
export { SchemaState, type SchemaReport } from './schema-state.js';
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
