export { testServerUrl, withConnection } from './admin-connection.js';
export { createBareDatabase, createEmptyDatabase, type EmptyDatabase } from './empty-database.js';
export { withMigrationRunner } from './migration-runner.js';
export { roleUrls, type RoleUrls } from './role-urls.js';
export { schemaDrift } from './schema-drift.js';
export { TcpProxy } from './tcp-proxy.js';
export { createTestDatabase, databaseSettings, type TestDatabase, type TestDatabaseOptions } from './test-database.js';
export { SLACK_MS } from './slack.js';
export { encoded, newKey, TestIssuer, type Claims, type SigningKey } from './test-issuer.js';
