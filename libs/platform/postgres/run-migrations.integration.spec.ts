import { createEmptyDatabase, databaseSettings, withConnection } from '#platform/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MigrationLockBusy } from './migration-lock.js';
import { runMigrations } from './run-migrations.js';

describe('runMigrations', () => {
  let database: Awaited<ReturnType<typeof createEmptyDatabase>>;
  let folder: string;
  let lines: string[];

  beforeEach(async () => {
    database = await createEmptyDatabase();
    folder = await mkdtemp(join(tmpdir(), 'migrations-'));
    lines = [];
  });

  afterEach(async () => {
    await rm(folder, { recursive: true });
    await database.drop();
  });

  /** A migration whose time stamp ends with this digit. */
  const write = (digit: number, name: string, up: string, members = ''): Promise<void> => {
    const stamp = `176380000000${digit}`;
    const text = `export class ${name}${stamp} {
      ${members}
      async up(runner) { await runner.query(${JSON.stringify(up)}); }
      async down() {}
    }`;
    return writeFile(join(folder, `${stamp}-${name}.ts`), text);
  };
  const migrate = (env = {}): Promise<string[]> =>
    runMigrations(databaseSettings(database.url, env), (line) => lines.push(line), [folder]);
  const select = (sql: string): Promise<unknown[]> =>
    withConnection(database.url, async (client) => (await client.query<Record<string, unknown>>(sql)).rows);

  it('applies what is pending in order, tells each with its time, and records it in the schema platform', async () => {
    await write(2, 'Fill', 'INSERT INTO things VALUES (7)');
    await write(1, 'Create', 'CREATE TABLE things (id int)');

    expect(await migrate()).toEqual(['Create1763800000001', 'Fill1763800000002']);

    expect(lines).toEqual([
      expect.stringMatching(/^applied Create1763800000001 in \d+ ms$/),
      expect.stringMatching(/^applied Fill1763800000002 in \d+ ms$/),
    ]);
    expect(await select('SELECT id FROM things')).toEqual([{ id: 7 }]);
    expect(await select('SELECT name FROM platform.migrations ORDER BY id')).toEqual([
      { name: 'Create1763800000001' },
      { name: 'Fill1763800000002' },
    ]);
  });

  it('does nothing a second time', async () => {
    await write(1, 'Create', 'CREATE TABLE things (id int)');
    await migrate();
    lines = [];

    expect(await migrate()).toEqual([]);
    expect(lines).toEqual(['the schema is current, nothing to apply']);
  });

  it('undoes a migration that fails, names it, and keeps those before it', async () => {
    await write(1, 'Create', 'CREATE TABLE things (id int)');
    await write(2, 'Break', 'CREATE TABLE others (id int); SELECT nonsense');

    await expect(migrate()).rejects.toThrow('Break1763800000002 failed: column "nonsense" does not exist');

    expect(await select(`SELECT to_regclass('things')::text AS kept, to_regclass('others') AS undone`)).toEqual([
      { kept: 'things', undone: null },
    ]);
    expect(await select('SELECT name FROM platform.migrations')).toEqual([{ name: 'Create1763800000001' }]);
  });

  it('runs a migration outside a transaction when it asks for that', async () => {
    await write(1, 'Create', 'CREATE TABLE things (id int)');
    await write(2, 'Index', 'CREATE INDEX CONCURRENTLY things_by_id ON things (id)', 'transaction = false;');

    expect(await migrate()).toHaveLength(2);
  });

  it('applies each migration once when several runs start together', async () => {
    await write(1, 'Create', 'CREATE TABLE things (id int); SELECT pg_sleep(0.3)');
    await write(2, 'Index', 'CREATE INDEX CONCURRENTLY things_by_id ON things (id)', 'transaction = false;');

    const runs = await Promise.all([migrate(), migrate(), migrate()]);

    expect(runs.flat()).toHaveLength(2);
    expect(lines).toContain('waiting for another migration run to end');
  });

  it('gives up after a bound when another run does not end', async () => {
    await withConnection(database.url, async (other) => {
      await other.query(`SELECT pg_advisory_lock(hashtextextended('mainstay.migrations', 0))`);
      await expect(migrate({ DATABASE_MIGRATION_LOCK_WAIT_MS: '100' })).rejects.toBeInstanceOf(MigrationLockBusy);
    });
  });

  it('does not queue for a lock on a table that is in use', async () => {
    await withConnection(database.url, async (other) => {
      await other.query('CREATE TABLE things (id int)');
      await other.query('BEGIN; SELECT * FROM things');
      await write(1, 'Change', 'ALTER TABLE things ADD COLUMN name text');
      await expect(migrate({ DATABASE_LOCK_TIMEOUT_MS: '100' })).rejects.toThrow('lock timeout');
    });
  });

  it('takes the URL of the migrator where there is one', async () => {
    await write(1, 'Create', 'CREATE TABLE things (id int)');
    const settings = databaseSettings('postgres://nobody@127.0.0.1:1/none', { DATABASE_MIGRATOR_URL: database.url });

    expect(await runMigrations(settings, () => undefined, [folder])).toHaveLength(1);
  });

  it('fails with what the network says when there is no server', async () => {
    const settings = databaseSettings('postgres://nobody:secret@127.0.0.1:1/none');
    await expect(runMigrations(settings, () => undefined, [folder])).rejects.toThrow('ECONNREFUSED');
  });
});
