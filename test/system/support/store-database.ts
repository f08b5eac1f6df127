import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createEmptyDatabase, type EmptyDatabase, type RoleUrls } from '#platform/testing';
import { issuer } from './tokens.js';

const ROOT = join(import.meta.dirname, '../../..');
const ENTRIES = join(ROOT, 'dist/apps/store/src');

/** Runs one of the built store's one-shot entries as a deployment does: each as its role, and with no other's URL. */
export async function runEntry(entry: 'migrate' | 'seed', { serviceUrl, migratorUrl }: RoleUrls): Promise<string> {
  const own = entry === 'migrate' ? { DATABASE_MIGRATOR_URL: migratorUrl } : { DATABASE_URL: serviceUrl };
  const { stdout } = await promisify(execFile)(process.execPath, [join(ENTRIES, `${entry}.js`)], {
    cwd: ROOT,
    env: { PATH: process.env['PATH'], NODE_ENV: 'production', ...own, ...(entry === 'seed' && issuer.env) },
  });
  return stdout;
}

/** An own database on the test server, migrated and, if asked, seeded by the built entries. */
export async function storeDatabase({ seeded = false } = {}): Promise<EmptyDatabase> {
  const database = await createEmptyDatabase();
  await runEntry('migrate', database);
  if (seeded) await runEntry('seed', database);
  return database;
}
