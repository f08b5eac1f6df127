import { join } from 'node:path';
import { loadMigrations, sqlOf } from '#platform/postgres';
import type { SchemaMigration } from '#platform/postgres';
import { filesIn } from './alert-rules.js';
import { ROOT } from './survey.js';

export interface WrittenMigration {
  readonly name: string;
  readonly transactional: boolean;
  readonly compatibleSince: string | undefined;
  readonly statements: readonly string[];
}

/** Of modules, of the platform, and of modules that are gone, those that wait for a later release among them. */
const FOLDERS = '{libs/**/migrations,apps/*/src/retired-migrations/{.,waiting}}';

/** Every migration of the house, and the SQL that it sends to a database that answers nothing. */
export async function writtenMigrations(): Promise<readonly WrittenMigration[]> {
  const files = filesIn(`${FOLDERS}/*.ts`).filter((file) => !file.endsWith('.spec.ts'));
  const folders = new Set(files.map((file) => join(ROOT, file, '..')));
  const classes = await loadMigrations([...folders]);
  return Promise.all(
    classes.map(async (Migration) => {
      const migration: SchemaMigration = new Migration();
      const { transaction = true, compatibleSince } = migration;
      return { name: Migration.name, transactional: transaction, compatibleSince, statements: await sqlOf(migration) };
    }),
  );
}
