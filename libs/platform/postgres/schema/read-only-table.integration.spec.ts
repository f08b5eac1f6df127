import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createEmptyDatabase, type EmptyDatabase, withConnection, withMigrationRunner } from '#platform/testing';
import { makeReadOnly } from './read-only-table.js';

describe('makeReadOnly', () => {
  let database: EmptyDatabase;

  beforeAll(async () => {
    database = await createEmptyDatabase();
    await withMigrationRunner(database, async (runner) => {
      await runner.query('CREATE SCHEMA test');
      await runner.query('CREATE TABLE test.notes (text text)');
      await runner.query('GRANT ALL ON test.notes TO PUBLIC');
      await makeReadOnly(runner, 'test.notes');
    });
  });
  afterAll(() => database.drop());

  const ask = (url: string, sql: string) => withConnection(url, (client) => client.query<object>(sql));

  it('leaves the table to be read', async () => {
    expect((await ask(database.serviceUrl, 'SELECT FROM test.notes')).rowCount).toBe(0);
  });

  it.each(["INSERT INTO test.notes VALUES ('x')", "UPDATE test.notes SET text = 'x'", 'DELETE FROM test.notes'])(
    'lets nobody but the owner %s, whoever had been allowed to',
    async (sql) => {
      await expect(ask(database.serviceUrl, sql)).rejects.toMatchObject({ code: '42501' });
      await expect(ask(database.migratorUrl, sql)).resolves.toBeDefined();
    },
  );

  it('has nothing to do for a role that owns everything', async () => {
    await ask(database.url, 'CREATE SCHEMA own; CREATE TABLE own.notes (text text)');
    await withMigrationRunner({ ...database, migratorUrl: database.url }, (runner) =>
      makeReadOnly(runner, 'own.notes'),
    );

    await expect(ask(database.url, "INSERT INTO own.notes VALUES ('x')")).resolves.toBeDefined();
  });
});
