import { SLACK_MS, createTestDatabase, TcpProxy, type TestDatabase, withConnection } from '#platform/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import type { Pool } from 'pg';
import type { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';
import { DatabaseTimeout, DatabaseUnavailable } from './database.errors.js';
import { isUniqueViolation } from './sql-state.js';
import type { Statement, StatementCall } from './statement.js';

const BACKEND: Statement = { name: 'test.backend', text: 'SELECT pg_backend_pid() AS pid' };
const SLEEP: Statement = { name: 'test.sleep', text: 'SELECT pg_sleep($1::float8)' };

/** One connection, so that a test knows which one it meets, and bounds that a test can wait for. */
const ENV = {
  DATABASE_POOL_MAX: '1',
  DATABASE_ACQUIRE_TIMEOUT_MS: '200',
  DATABASE_LOCK_TIMEOUT_MS: '200',
  DATABASE_STATEMENT_TIMEOUT_MS: '400',
  DATABASE_QUERY_TIMEOUT_MS: '800',
};

describe('Postgres', () => {
  let database: TestDatabase;
  let calls: StatementCall[];

  beforeEach(async () => {
    database = await createTestDatabase({ migrations: [], env: ENV });
    await withConnection(database.migratorUrl, (client) =>
      client.query(`
        CREATE SCHEMA test;
        CREATE TABLE test.things (id int CONSTRAINT things_key UNIQUE);
        INSERT INTO test.things VALUES (1)`),
    );
    calls = [];
    database.postgres.observe((call) => calls.push(call));
  });

  afterEach(() => database.drop());

  const backend = async (): Promise<number | undefined> => {
    const { rows } = await database.postgres.query<{ pid: number }>(BACKEND);
    return rows[0]?.pid;
  };

  it('prepares a statement once, under its name', async () => {
    await backend();
    await backend();

    const { rows } = await database.postgres.query<{ uses: number }>({
      name: 'test.prepared',
      text: `SELECT (generic_plans + custom_plans)::int AS uses FROM pg_prepared_statements WHERE name = '${BACKEND.name}'`,
    });

    expect(rows).toEqual([{ uses: 2 }]);
  });

  it('gives rows, and the count of rows changed', async () => {
    const insert = { name: 'test.insert-two', text: 'INSERT INTO test.things VALUES ($1), ($2) RETURNING id' };
    expect(await database.postgres.query(insert, [2, 3])).toEqual({ rows: [{ id: 2 }, { id: 3 }], rowCount: 2 });
  });

  it('passes a violated constraint on to the adapter, and keeps the connection', async () => {
    const before = await backend();
    const insert = database.postgres.query({ name: 'test.insert', text: 'INSERT INTO test.things VALUES ($1)' }, [1]);

    const error: unknown = await insert.catch((reason: unknown) => reason);

    expect(isUniqueViolation(error, 'things_key')).toBe(true);
    expect(await backend()).toBe(before);
    expect(calls.map(({ outcome }) => outcome)).toEqual(['ok', 'rejected', 'ok']);
  });

  it('lets the server end a statement that takes too long, and keeps the connection', async () => {
    const before = await backend();

    await expect(database.postgres.query(SLEEP, [30])).rejects.toBeInstanceOf(DatabaseTimeout);

    expect(await backend()).toBe(before);
    expect(calls[1]).toMatchObject({ operation: 'test.sleep', outcome: 'timeout' });
    expect(calls[1]?.durationSeconds).toBeGreaterThanOrEqual(0.4);
    expect(calls[1]?.durationSeconds).toBeLessThan(0.4 + (2 * SLACK_MS) / 1_000);
  });

  it('does not wait for a lock longer than allowed', async () => {
    const update = { name: 'test.update', text: 'UPDATE test.things SET id = id' };
    await withConnection(database.url, async (other) => {
      await other.query('BEGIN; UPDATE test.things SET id = id');
      await expect(database.postgres.query(update)).rejects.toMatchObject({
        code: 'platform.database-conflict',
        cause: { code: '55P03' },
      });
    });
  });

  it('does not wait for a free connection longer than allowed', async () => {
    const holding = database.postgres.query(SLEEP, [0.35]);

    await expect(database.postgres.query(BACKEND)).rejects.toBeInstanceOf(DatabaseUnavailable);

    await holding;
    expect(await backend()).toBeGreaterThan(0);
  });

  it('survives the end of a connection in use, and takes a new one', async () => {
    const before = await backend();
    const asleep = database.postgres.query(SLEEP, [30]);
    const failure = expect(asleep).rejects.toMatchObject({
      code: 'platform.database-unavailable',
      cause: { code: '57P01' },
    });

    await withConnection(database.url, (admin) => admin.query('SELECT pg_terminate_backend($1)', [before]));

    await failure;
    expect(await backend()).not.toBe(before);
  });

  it('survives the end of an idle connection, and takes a new one', async () => {
    const before = await backend();
    const lost = once(poolOf(database), 'error');

    await withConnection(database.url, (admin) => admin.query('SELECT pg_terminate_backend($1)', [before]));
    await lost;

    expect(await backend()).not.toBe(before);
  });

  describe('a statement that runs with COMMIT', () => {
    const ADD = { name: 'test.add', text: 'INSERT INTO test.things VALUES ($1)' };
    const ALL = { name: 'test.all', text: 'SELECT id FROM test.things ORDER BY id' };
    const all = async () => (await database.postgres.query<{ id: number }>(ALL)).rows.map(({ id }) => id);
    const transaction = (work: () => Promise<unknown>) => database.postgres.inTransaction(work);

    it('is kept with its transaction, and told of as it is', async () => {
      await transaction(async () => {
        await database.postgres.queryAtCommit(ADD, [3]);
        await database.postgres.query(ADD, [2]);
        expect(await all()).toEqual([1, 2]);
      });

      expect(calls.map(({ operation, outcome }) => `${operation} ${outcome}`)).toEqual(
        ['platform.begin', 'test.add', 'test.all', 'test.add', 'platform.commit'].map((name) => `${name} ok`),
      );
      expect(await all()).toEqual([1, 2, 3]);
    });

    it('may be all that its transaction does, and needs none', async () => {
      await transaction(() => database.postgres.queryAtCommit(ADD, [2]));
      await database.postgres.queryAtCommit(ADD, [3]);

      expect(await all()).toEqual([1, 2, 3]);
    });

    it('undoes all when it fails, and leaves the connection sound', async () => {
      const before = await backend();
      const failed = transaction(async () => {
        await database.postgres.query(ADD, [2]);
        await database.postgres.queryAtCommit(ADD, [1]);
      });

      expect(isUniqueViolation(await failed.catch((error: unknown) => error), 'things_key')).toBe(true);
      expect([await all(), await backend()]).toEqual([[1], before]);
    });

    it('does not run when the work fails, or has hidden a failure', async () => {
      const hidden = transaction(async () => {
        await database.postgres.queryAtCommit(ADD, [2]);
        await database.postgres.query(ADD, [1]).catch(() => undefined);
      });
      await expect(hidden).rejects.toMatchObject({ code: '25P02' });
      const refused = transaction(async () => {
        await database.postgres.queryAtCommit(ADD, [2]);
        throw new Error('no');
      });
      await expect(refused).rejects.toThrow('no');

      expect(await all()).toEqual([1]);
    });

    it('is bounded by its own time-outs', async () => {
      await expect(transaction(() => database.postgres.queryAtCommit(SLEEP, [30]))).rejects.toBeInstanceOf(
        DatabaseTimeout,
      );
      expect(await all()).toEqual([1]);
    });
  });

  it('counts the connections of the pool', async () => {
    const lent = once(poolOf(database), 'acquire');
    const holding = database.postgres.query(SLEEP, [0.1]);
    await lent;
    const waiting = database.postgres.query(BACKEND);

    expect(database.postgres.poolStats()).toEqual({ total: 1, idle: 0, waiting: 1, max: 1 });
    await Promise.all([holding, waiting]);
    expect(database.postgres.poolStats()).toEqual({ total: 1, idle: 1, waiting: 0, max: 1 });
  });

  it('counts nothing and answers nothing once it is shut down', async () => {
    await database.drop();
    expect(database.postgres.poolStats()).toEqual({ total: 0, idle: 0, waiting: 0, max: 1 });
    await expect(database.postgres.query(BACKEND)).rejects.toBeInstanceOf(DatabaseUnavailable);
  });
});

describe('Postgres behind a network that fails', () => {
  let database: TestDatabase;
  let proxy: TcpProxy;

  beforeEach(async () => {
    database = await createTestDatabase({
      migrations: [],
      env: ENV,
      through: async (url) => {
        proxy = await TcpProxy.opened(url);
        return proxy.url;
      },
    });
  });

  afterEach(async () => {
    await proxy.close();
    await database.drop();
  });

  it('frees the caller when the server falls silent, and never uses that connection again', async () => {
    await database.postgres.query(BACKEND);
    proxy.freeze();

    await expect(database.postgres.query(BACKEND)).rejects.toBeInstanceOf(DatabaseTimeout);

    expect(database.postgres.poolStats()).toMatchObject({ total: 0 });
  });

  it('does not wait for a silent server to accept a connection longer than allowed', async () => {
    await database.postgres.query(BACKEND);
    proxy.freeze();
    await database.postgres.query(BACKEND).catch(() => undefined);

    await expect(database.postgres.query(BACKEND)).rejects.toBeInstanceOf(DatabaseUnavailable);
  });

  it('is back with the network', async () => {
    await proxy.close();
    await expect(database.postgres.query(BACKEND)).rejects.toBeInstanceOf(DatabaseUnavailable);

    await proxy.open();

    expect((await database.postgres.query(BACKEND)).rowCount).toBe(1);
  });

  it('survives a reset in the middle of a statement', async () => {
    const asleep = database.postgres.query(SLEEP, [0.3]);
    const failure = expect(asleep).rejects.toBeInstanceOf(DatabaseUnavailable);
    await database.postgres.query(BACKEND).catch(() => undefined);
    proxy.cut();
    await failure;
  });
});

const poolOf = (database: TestDatabase): Pool => (database.dataSource.driver as PostgresDriver).master as Pool;
