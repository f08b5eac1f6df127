export { testServerUrl, withConnection } from './admin-connection.js';
export { schemaDrift } from './schema-drift.js';
export { TcpProxy } from './tcp-proxy.js';
export {
  createEmptyDatabase,
  createTestDatabase,
  databaseSettings,
  type TestDatabase,
  type TestDatabaseOptions,
} from './test-database.js';
export { SLACK_MS } from './slack.js';
export { encoded, newKey, TestIssuer, type Claims, type SigningKey } from './test-issuer.js';
