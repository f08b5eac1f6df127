import { createTestDatabase, type TestDatabase, withConnection } from '#platform/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseUnavailable } from './database.errors.js';
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

  it('is unknown when the database is ahead of the code, and names what it has', async () => {
    await migrate();
    await change(`INSERT INTO platform.migrations (timestamp, name) VALUES (9, 'Newer9999999999999')`);
    expect(await new SchemaState(database.postgres).check()).toEqual({
      state: 'unknown',
      pending: [],
      unknown: ['Newer9999999999999'],
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
