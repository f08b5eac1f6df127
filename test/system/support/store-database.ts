import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createEmptyDatabase } from '#platform/testing';
import { issuer } from './tokens.js';

const ROOT = join(import.meta.dirname, '../../..');
const ENTRIES = join(ROOT, 'dist/apps/store/src');

/** Runs one of the built store's one-shot entries, as a deployment does. */
export async function runEntry(entry: 'migrate' | 'seed', databaseUrl: string): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [join(ENTRIES, `${entry}.js`)], {
    cwd: ROOT,
    env: { PATH: process.env['PATH'], NODE_ENV: 'production', DATABASE_URL: databaseUrl, ...issuer.env },
  });
  return stdout;
}

/** An own database on the test server, migrated and, if asked, seeded by the built entries. */
export async function storeDatabase({ seeded = false } = {}): Promise<{ readonly url: string; drop(): Promise<void> }> {
  const database = await createEmptyDatabase();
  await runEntry('migrate', database.url);
  if (seeded) await runEntry('seed', database.url);
  return database;
}
