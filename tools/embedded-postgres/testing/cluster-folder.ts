import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { EmbeddedPostgres } from '../start-embedded.ts';

/** A temporary folder that any account can enter, with a place for data in it. */
export async function aClusterFolder(): Promise<{ dataDir: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'cluster-'));
  await chmod(folder, 0o755);
  return { dataDir: join(folder, 'data'), remove: () => rm(folder, { recursive: true, force: true }) };
}

/** Runs statements one after the other on one connection, and gives the rows of the last. */
export async function ask(url: string, ...statements: string[]): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000, query_timeout: 10_000 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    let rows: unknown[] = [];
    for (const statement of statements) rows = (await client.query<object>(statement)).rows;
    return rows;
  } finally {
    await client.end();
  }
}

export const REMEMBER = ['CREATE TABLE memory (word text)', "INSERT INTO memory VALUES ('kept')"];

export async function recall({ url }: Pick<EmbeddedPostgres, 'url'>): Promise<unknown> {
  return ask(url, 'SELECT word FROM memory');
}
