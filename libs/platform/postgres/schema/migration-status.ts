import type { DatabaseSettings } from '../database.settings.js';
import { askOver } from './ask.js';
import { withMigrator } from './migrator-session.js';
import { schemaReport, type SchemaReport } from './schema-report.js';

/**
 * How the database's schema stands to the code. It changes nothing, and waits for no other run.
 * @throws ServerUnreachable
 */
export const migrationStatus = (settings: DatabaseSettings, folders?: readonly string[]): Promise<SchemaReport> =>
  withMigrator(settings, ({ runner, known }) => schemaReport(askOver(runner), known), folders);
