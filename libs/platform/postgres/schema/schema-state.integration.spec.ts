import { createTestDatabase, type TestDatabase, withConnection } from '#platform/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseUnavailable } from '../database.errors.js';
import { registerMigrationFolder } from './migration-folders.js';
import { runMigrations } from './run-migrations.js';
import { SchemaState } from './schema-state.js';

const KNOWN = ['First1763800000001', 'Second1763800000002'];

describe('SchemaState', () => {
  let folder: string;
  let database: TestDatabase;
  let statements: number;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'migrations-'));
    for (const name of KNOWN) {
      await writeFile(
        join(folder, `${name.slice(-13)}-a.ts`),
        `export class ${name} { async up() {} async down() {} }`,
      );
    }
    registerMigrationFolder(folder);
  });

  afterAll(() => rm(folder, { recursive: true }));

  beforeEach(async () => {
    database = await createTestDatabase({ migrations: [] });
    statements = 0;
    database.postgres.observe(() => (statements += 1));
  });

  afterEach(() => database.drop());

  const migrate = () => runMigrations(database.settings, () => undefined, [folder]);
  const change = (sql: string) => withConnection(database.url, (client) => client.query(sql));

  it('is pending in a database that was never migrated', async () => {
    await change('DROP SCHEMA platform CASCADE');
    expect(await new SchemaState(database.postgres).check()).toEqual({ state: 'pending', pending: KNOWN, unknown: [] });
  });

  it('is pending while a migration of the code has not been applied, and names it', async () => {
    await migrate();
    await change(`DELETE FROM platform.migrations WHERE name = '${KNOWN[1]}'`);
    expect(await new SchemaState(database.postgres).check()).toMatchObject({ state: 'pending', pending: [KNOWN[1]] });
  });

  it('is current when all have been applied', async () => {
    await migrate();
    expect(await new SchemaState(database.postgres).check()).toMatchObject({ state: 'current' });
  });

  describe('when a later version has migrated', () => {
    const NEWER = 'Newer9999999999999';
    const newer = (compatibleSince: string | null) =>
      withConnection(database.url, async (client) => {
        await client.query('INSERT INTO platform.migrations (timestamp, name) VALUES (9, $1)', [NEWER]);
        await client.query('INSERT INTO platform.migration_steps VALUES ($1, $2)', [NEWER, compatibleSince]);
      });

    it.each([
      ['is ahead when that only added something', null, 'ahead'],
      ['is ahead when that took away what the code does without', KNOWN[1] ?? '', 'ahead'],
      ['is unknown when that took away what the code may need', 'StopReadingPrice1763800000003', 'unknown'],
    ])('%s', async (_case, compatibleSince, state) => {
      await migrate();
      await newer(compatibleSince);

      expect(await new SchemaState(database.postgres).check()).toEqual({ state, pending: [], unknown: [NEWER] });
    });

    it('is unknown when nobody told what that did', async () => {
      await migrate();
      await change(`INSERT INTO platform.migrations (timestamp, name) VALUES (9, '${NEWER}')`);
      expect(await new SchemaState(database.postgres).check()).toMatchObject({ state: 'unknown', unknown: [NEWER] });
    });

    it('is unknown, too, when there is no table that tells', async () => {
      await migrate();
      await newer(null);
      await change('DROP TABLE platform.migration_steps');
      expect(await new SchemaState(database.postgres).check()).toMatchObject({ state: 'unknown', unknown: [NEWER] });
    });

    it('is unknown when it is another line of development, or another service, that has migrated', async () => {
      const older = 'Elsewhere1763700000000';
      await migrate();
      await change(`INSERT INTO platform.migrations (timestamp, name) VALUES (9, '${older}')`);
      await change(`INSERT INTO platform.migration_steps VALUES ('${older}', NULL)`);

      expect(await new SchemaState(database.postgres).check()).toMatchObject({ state: 'unknown', unknown: [older] });
    });

    it('is pending when what the code brings is missing all the same', async () => {
      await migrate();
      await newer(null);
      await change(`DELETE FROM platform.migrations WHERE name = '${KNOWN[1]}'`);
      expect(await new SchemaState(database.postgres).check()).toMatchObject({ state: 'pending', pending: [KNOWN[1]] });
    });
  });

  it('stays current without asking again, also when a newer release migrates meanwhile', async () => {
    await migrate();
    const schema = new SchemaState(database.postgres);
    await schema.check();
    await change(`INSERT INTO platform.migrations (timestamp, name) VALUES (9, 'Newer9999999999999')`);

    expect(await schema.check()).toMatchObject({ state: 'current' });
    expect(statements).toBe(1);
  });

  it('asks Postgres once for many probes', async () => {
    const schema = new SchemaState(database.postgres);
    await Promise.all([schema.check(), schema.check(), schema.check()]);
    await schema.check();
    expect(statements).toBe(1);
  });

  it('is not known while Postgres cannot be asked', async () => {
    await database.drop();
    await expect(new SchemaState(database.postgres).check()).rejects.toBeInstanceOf(DatabaseUnavailable);
  });
});
