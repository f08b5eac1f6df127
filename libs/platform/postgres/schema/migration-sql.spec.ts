import { describe, expect, it } from '@jest/globals';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { sqlOf } from './migration-sql.js';

const migration = (up: (runner: QueryRunner) => Promise<void>): MigrationInterface => ({
  up,
  down: () => Promise.resolve(),
});

describe('the SQL of a migration', () => {
  it('is what it would send, in its order', async () => {
    const statements = await sqlOf(
      migration(async (runner) => {
        await runner.query(' CREATE TABLE things (id int); ');
        await runner.query('CREATE INDEX things_idx ON things (id)');
      }),
    );

    expect(statements).toEqual(['CREATE TABLE things (id int)', 'CREATE INDEX things_idx ON things (id)']);
  });

  it('is without what it reads, which it gets an answer to', async () => {
    const statements = await sqlOf(
      migration(async (runner) => {
        const [row] = (await runner.query('SELECT rolname FROM pg_roles LIMIT $1', [1])) as { rolname: string }[];
        await runner.query(`REVOKE ALL ON things FROM ${row?.rolname}`);
      }),
      (_text, values) => Promise.resolve([{ rolname: `role_${String(values?.[0])}` }]),
    );

    expect(statements).toEqual(['REVOKE ALL ON things FROM role_1']);
  });

  it('is told all the same when what it reads is not there yet', async () => {
    const statements = await sqlOf(
      migration(async (runner) => {
        await runner.query(`SELECT 'things'::regclass`);
        await runner.query('DROP TABLE things');
      }),
      () => Promise.reject(Object.assign(new Error('relation "things" does not exist'), { code: '42P01' })),
    );

    expect(statements).toEqual(['DROP TABLE things']);
  });

  it.each([
    ['cannot be read', (runner: QueryRunner) => runner.query('SELECT 1')],
    [
      'writes values that stand beside it',
      (runner: QueryRunner) => runner.query('DELETE FROM things WHERE id = $1', [1]),
    ],
  ])('is not told in part, when the database %s', async (_case, ask) => {
    const told = sqlOf(
      migration(async (runner) => void (await ask(runner))),
      () => Promise.reject(new Error('the connection was lost')),
    );

    await expect(told).rejects.toThrow(/the connection was lost|writes its values into its SQL/);
  });

  it('cannot be told of one that asks its runner for more than SQL', async () => {
    const told = sqlOf(migration((runner) => runner.dropColumn('things', 'name')));

    await expect(told).rejects.toThrow('not by runner.dropColumn');
  });
});
