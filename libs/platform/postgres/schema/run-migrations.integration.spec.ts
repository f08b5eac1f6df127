import { createEmptyDatabase, databaseSettings, withConnection } from '#platform/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MigrationLockBusy } from './migration-errors.js';
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
    expect(lines).toEqual(['nothing is pending']);
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
      const failure = migrate({ DATABASE_LOCK_TIMEOUT_MS: '100' });

      await expect(failure).rejects.toThrow('lock timeout');
      await expect(failure).rejects.toMatchObject({ exitCode: 75 });
    });
  });

  it('lets traffic wait for what it has locked no longer than its bound, all statements together', async () => {
    await write(1, 'Create', 'CREATE TABLE things (id int)');
    await migrate();
    await write(2, 'Fill', 'LOCK TABLE things; SELECT pg_sleep(0.4); SELECT pg_sleep(0.4); SELECT pg_sleep(20)');
    const migrating = migrate({ DATABASE_MIGRATION_TIMEOUT_MS: '600' });
    migrating.catch(() => undefined);

    expect(await select('SELECT * FROM things')).toEqual([]);

    await expect(migrating).rejects.toThrow(/(?:statement|transaction) timeout/);
    await expect(migrating).rejects.toMatchObject({ exitCode: 1 });
    expect(await select('SELECT name FROM platform.migrations')).toEqual([{ name: 'Create1763800000001' }]);
  });

  it('gives a migration outside of a transaction all the time that it needs, and the next one none of that', async () => {
    const env = { DATABASE_MIGRATION_TIMEOUT_MS: '600' };
    await write(1, 'Slow', 'SELECT pg_sleep(1)', 'transaction = false;');
    await write(2, 'Locking', 'SELECT pg_sleep(5)');

    await expect(migrate(env)).rejects.toThrow(/Locking1763800000002 failed: .*(?:statement|transaction) timeout/);

    expect(await select('SELECT name FROM platform.migrations')).toEqual([{ name: 'Slow1763800000001' }]);
  });

  it('keeps for older code what each migration asks of it', async () => {
    await write(1, 'Create', 'CREATE TABLE things (id int, name text)');
    await write(2, 'Contract', 'ALTER TABLE things DROP COLUMN name', `compatibleSince = 'Create1763800000001';`);
    await migrate();

    expect(await select('SELECT name, compatible_since FROM platform.migration_steps ORDER BY name')).toEqual([
      { name: 'Contract1763800000002', compatible_since: 'Create1763800000001' },
      { name: 'Create1763800000001', compatible_since: null },
    ]);
  });

  it('refuses to touch a schema that this version can not serve on', async () => {
    await write(1, 'Create', 'CREATE TABLE things (id int)');
    await migrate();
    await write(2, 'Pending', 'CREATE TABLE others (id int)');
    await withConnection(database.url, (client) =>
      client.query(`INSERT INTO platform.migrations (timestamp, name) VALUES (9, 'Newer9999999999999')`),
    );

    const failure = migrate();

    await expect(failure).rejects.toThrow('it does not know Newer9999999999999');
    await expect(failure).rejects.toMatchObject({ exitCode: 3 });
    expect(await select(`SELECT to_regclass('others') AS made`)).toEqual([{ made: null }]);
  });

  it('has told what a migration without a transaction does before that is recorded as applied', async () => {
    await write(1, 'Break', 'SELECT nonsense', 'transaction = false;');
    await expect(migrate()).rejects.toThrow('Break1763800000001 failed');

    expect(await select('SELECT name FROM platform.migration_steps')).toEqual([{ name: 'Break1763800000001' }]);
    expect(await select('SELECT name FROM platform.migrations')).toEqual([]);
  });

  it('changes nothing on a database that a later version has migrated', async () => {
    await write(1, 'Create', 'CREATE TABLE things (id int)');
    await write(2, 'Later', 'ALTER TABLE things ADD COLUMN name text');
    await migrate();
    await rm(join(folder, '1763800000002-Later.ts'));

    expect(await migrate()).toEqual([]);
    expect(await select('SELECT name FROM platform.migrations ORDER BY id')).toHaveLength(2);
  });

  it('takes the URL of the migrator where there is one', async () => {
    await write(1, 'Create', 'CREATE TABLE things (id int)');
    const settings = databaseSettings('postgres://nobody@127.0.0.1:1/none', { DATABASE_MIGRATOR_URL: database.url });

    expect(await runMigrations(settings, () => undefined, [folder])).toHaveLength(1);
  });

  it('fails with what the network says when there is no server', async () => {
    const settings = databaseSettings('postgres://nobody:secret@127.0.0.1:1/none');
    const failure = runMigrations(settings, () => undefined, [folder]);

    await expect(failure).rejects.toThrow('ECONNREFUSED');
    await expect(failure).rejects.toMatchObject({ exitCode: 75 });
  });
});
