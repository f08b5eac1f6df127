import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createEmptyDatabase, type EmptyDatabase, withConnection } from '#platform/testing';
import { runEntry } from '../support/run-entry.js';

/** All but the records of what has been applied. */
const LIST_COLUMNS_AND_INDEXES = `
  SELECT format('%s.%s %s %s %s', table_schema, table_name, column_name, data_type, is_nullable) AS name
  FROM information_schema.columns
  WHERE table_schema NOT IN ('pg_catalog', 'information_schema') AND table_name NOT LIKE 'migration%'
  UNION ALL
  SELECT indexdef FROM pg_indexes
  WHERE schemaname NOT IN ('pg_catalog', 'information_schema') AND tablename NOT LIKE 'migration%'
  ORDER BY 1`;

interface Ended {
  readonly code: number;
  readonly stderr: string;
}

describe('the command that migrates', () => {
  let empty: EmptyDatabase;
  let migrated: EmptyDatabase;

  beforeAll(async () => {
    [empty, migrated] = await Promise.all([createEmptyDatabase(), createEmptyDatabase()]);
    await runEntry('migrate', migrated);
  });
  afterAll(() => Promise.all([empty.drop(), migrated.drop()]));

  const migrate = (database: EmptyDatabase, args: string[] = [], env: Record<string, string> = {}) =>
    runEntry('migrate', database, { args, env });
  const ended = async (run: Promise<string>): Promise<Ended> =>
    run.then(
      () => ({ code: 0, stderr: '' }),
      (error: unknown) => error as Ended,
    );
  const tables = (database: EmptyDatabase) =>
    withConnection(
      database.url,
      async (client) => (await client.query<{ name: string }>(LIST_COLUMNS_AND_INDEXES)).rows,
    );

  it('prints in a dry run what it would send, which is SQL, and changes nothing', async () => {
    const before = await tables(empty);

    const sql = await migrate(empty, ['--dry-run']);

    expect(sql).toMatch(/^-- CreateProducts1795165200000\nBEGIN;\nCREATE SCHEMA IF NOT EXISTS catalog;$/m);
    expect(sql).toMatch(/^-- IndexBestsellers1795381320000, outside of a transaction\nDROP INDEX CONCURRENTLY/m);
    expect(await tables(empty)).toEqual(before);
  });

  it('prints what makes the same tables as the migrations do', async () => {
    const sql = await migrate(empty, ['--dry-run']);
    const copy = await createEmptyDatabase();
    try {
      await withConnection(copy.migratorUrl, async (client) => {
        await client.query('CREATE SCHEMA platform');
        for (const statement of sql.split(/;$/m)) await client.query(statement);
      });

      const made = await tables(migrated);
      expect(made.length).toBeGreaterThan(50);
      expect(await tables(copy)).toEqual(made);
    } finally {
      await copy.drop();
    }
  });

  it('says in the status what is pending, and ends with 3 for scripts that wait', async () => {
    const { code } = await ended(migrate(empty, ['status']));

    expect(code).toBe(3);
  });

  it('says in the status that the schema is current, and ends with 0', async () => {
    expect(await migrate(migrated, ['status'])).toBe('the schema is current: this version made it\n');
    expect(await migrate(migrated, ['--dry-run'])).toBe('-- nothing is pending\n');
  });

  it.each([[['up']], [['--force']], [['status', '--dry-run']], [['status', 'now']]])(
    'refuses %j with its usage, and ends with 64',
    async (args) => {
      const { code, stderr } = await ended(migrate(migrated, args));

      expect(code).toBe(64);
      expect(stderr).toContain('Usage: migrate [--dry-run | status]');
    },
  );

  it('ends with 78 when its configuration is wrong, and names the variable', async () => {
    const { code, stderr } = await ended(migrate(migrated, [], { DATABASE_LOCK_TIMEOUT_MS: 'soon' }));

    expect(code).toBe(78);
    expect(stderr).toContain('DATABASE_LOCK_TIMEOUT_MS');
  });

  it('ends with 75 when another run does not end', async () => {
    await withConnection(migrated.url, async (other) => {
      await other.query(`SELECT pg_advisory_lock(hashtextextended('mainstay.migrations', 0))`);
      const { code, stderr } = await ended(migrate(migrated, [], { DATABASE_MIGRATION_LOCK_WAIT_MS: '0' }));

      expect(code).toBe(75);
      expect(stderr).toContain('Another migration run has held the lock');
    });
  });
});
