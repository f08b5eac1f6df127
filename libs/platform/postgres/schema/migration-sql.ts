import type { MigrationInterface, QueryRunner } from 'typeorm';
import type { DatabaseSettings } from '../database.settings.js';
import { SqlState, sqlStateOf } from '../sql-state.js';
import { askOver } from './ask.js';
import { SchemaTooNew } from './migration-errors.js';
import { withMigrator } from './migrator-session.js';
import { schemaReport } from './schema-report.js';

const READS = /^\s*(?:SELECT|SHOW)\b/i;

export interface MigrationSql {
  readonly name: string;
  /** Whether all of it is one transaction. */
  readonly transactional: boolean;
  /** In their order, without a semicolon at the end. */
  readonly statements: readonly string[];
}

type Read = (text: string, values?: unknown[]) => Promise<unknown>;

/** What a migration before it would have made can't be read yet. */
function nothingYet(error: unknown): unknown[] {
  const state = sqlStateOf(error);
  if (state === SqlState.undefinedTable || state === SqlState.invalidSchemaName) return [];
  throw error;
}

/**
 * What a migration would send, without sending it. What it only reads is read, if the database can tell already: a
 * migration may ask who has which right.
 * @throws Error when the migration asks for more of its runner than `query`, or gives values to what writes
 */
export async function sqlOf(migration: MigrationInterface, read: Read = () => Promise.resolve([])): Promise<string[]> {
  const statements: string[] = [];
  const query = async (text: string, values?: unknown[]): Promise<unknown> => {
    if (READS.test(text)) return read(text, values).catch(nothingYet);
    if (values?.length)
      throw new Error('A migration writes its values into its SQL, or nobody could read it beforehand.');
    statements.push(text.trim().replace(/;$/, ''));
    return [];
  };
  const runner = new Proxy({} as QueryRunner, {
    get: (_target, property) => {
      if (property === 'query') return query;
      throw new Error(`A migration speaks SQL by runner.query alone, not by runner.${String(property)}.`);
    },
  });
  await migration.up(runner);
  return statements;
}

/**
 * The SQL of the pending migrations, in their order. The database is asked, in a session that can't write, and not changed.
 * @throws SchemaTooNew, ServerUnreachable
 */
export async function pendingSql(settings: DatabaseSettings, folders?: readonly string[]): Promise<MigrationSql[]> {
  return withMigrator(
    settings,
    async ({ runner, known, migrations }) => {
      await runner.query('SET default_transaction_read_only = on');
      const { state, pending, unknown } = await schemaReport(askOver(runner), known);
      if (state === 'unknown') throw new SchemaTooNew(unknown);
      const shown: MigrationSql[] = [];
      for (const Migration of migrations.filter(({ name }) => pending.includes(name))) {
        const migration = new Migration();
        const statements = await sqlOf(migration, (text, values) => runner.query(text, values));
        shown.push({ name: Migration.name, transactional: migration.transaction ?? true, statements });
      }
      return shown;
    },
    folders,
  );
}
