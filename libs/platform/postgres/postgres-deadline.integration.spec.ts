import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newRequestContext, runInRequest } from '#platform/context';
import { ClientDisconnected, Deadline, DeadlineExceeded } from '#platform/deadline';
import pg from 'pg';
import { createTestDatabase, TcpProxy, withConnection, type TestDatabase } from '#platform/testing';
import { isFitAfter } from './connection-fitness.js';
import { ControlConnection } from './control-connection.js';
import { type Canceller, runUntilEnd, StatementAbandoned } from './run-until-end.js';
import { sqlStateOf } from './sql-state.js';

const POOL_MAX = 3;
const SLEEP = { name: 'test.sleep', text: 'SELECT pg_sleep($1)' };
const BACKEND = { name: 'test.backend', text: 'SELECT pg_backend_pid() AS pid' };
const CANCELLED = '57014';
/** Longer than until it is told again, and less than after which it is given up. */
const SLOW_CANCEL_MS = 60;
/** A cancelled statement ends in milliseconds; the rest is for a busy machine. */
const SOON_MS = 1000;

describe('a statement of a request', () => {
  let database: TestDatabase;
  let proxy: TcpProxy;

  beforeAll(async () => {
    database = await createTestDatabase({
      migrations: [],
      env: { DATABASE_POOL_MAX: String(POOL_MAX) },
      through: async (url) => {
        proxy = await TcpProxy.opened(url);
        return proxy.url;
      },
    });
  });
  afterAll(async () => {
    await database.drop();
    await proxy.close();
  });

  const within = <T>(deadline: Deadline, work: () => Promise<T>): Promise<T> =>
    runInRequest(newRequestContext({ deadline }), work);
  const sleepWithin = (deadline: Deadline) => within(deadline, () => database.postgres.query(SLEEP, [30]));

  /** The statements of the service that the server works on. */
  const atWork = () =>
    withConnection(database.url, async (client) => {
      const { rows } = await client.query<{ pid: number }>(
        `SELECT pid FROM pg_stat_activity
         WHERE datname = current_database() AND application_name = 'mainstay' AND state = 'active'`,
      );
      return rows.map(({ pid }) => pid);
    });
  const untilAtWork = async (count: number): Promise<void> => {
    while ((await atWork()).length !== count);
  };

  const thawed = async (): Promise<void> => {
    proxy.cut();
    await proxy.close();
    await proxy.open();
    // The idle ones were cut too: each fails one caller, and is replaced.
    for (let tries = 0; tries < POOL_MAX; tries += 1) await database.postgres.query(BACKEND).catch(() => undefined);
  };

  it('runs as ever while there is time, and leaves no listener behind', async () => {
    const deadline = new Deadline(60_000);
    const { rows } = await within(deadline, () => database.postgres.query<{ pid: number }>(BACKEND));

    expect(rows).toEqual([{ pid: expect.any(Number) }]);
    expect(deadline.awaitedBy).toBe(0);
  });

  it.each([
    ['its time is over', new DeadlineExceeded(100)],
    ['its client has gone', new ClientDisconnected()],
  ])('is stopped on the server when %s', async (_when, reason) => {
    const deadline = new Deadline(60_000);
    const sleeping = sleepWithin(deadline).catch((error: unknown) => error);
    await untilAtWork(1);
    const endedAtMs = performance.now();
    deadline.end(reason);

    expect(await sleeping).toBe(reason);
    expect(performance.now() - endedAtMs).toBeLessThan(SOON_MS);
    expect(await atWork()).toEqual([]);
  });

  it('gives its connection back in health', async () => {
    const { total } = database.postgres.poolStats();
    const deadline = new Deadline(60_000);
    const sleeping = sleepWithin(deadline).catch(() => undefined);
    await untilAtWork(1);
    deadline.end(new DeadlineExceeded(1));
    await sleeping;

    expect(database.postgres.poolStats()).toMatchObject({ total, idle: total });
    await expect(database.postgres.query(BACKEND)).resolves.toMatchObject({ rowCount: 1 });
  });

  it('does not begin when nobody waits for it any more', async () => {
    const deadline = new Deadline(60_000);
    deadline.end(new ClientDisconnected());

    await expect(sleepWithin(deadline)).rejects.toBeInstanceOf(ClientDisconnected);
  });

  it('does not wait for a connection beyond its time, and takes none away', async () => {
    const holders = Array.from({ length: POOL_MAX }, () => new Deadline(60_000));
    const holding = holders.map((deadline) => sleepWithin(deadline).catch(() => undefined));
    await untilAtWork(POOL_MAX);
    const deadline = new Deadline(60_000);
    const waiting = sleepWithin(deadline).catch((error: unknown) => error);
    deadline.end(new DeadlineExceeded(1));
    expect(await waiting).toBeInstanceOf(DeadlineExceeded);

    for (const holder of holders) holder.end(new DeadlineExceeded(1));
    await Promise.all(holding);
    await expect(database.postgres.query(BACKEND)).resolves.toMatchObject({ rowCount: 1 });
    expect(database.postgres.poolStats()).toMatchObject({ waiting: 0, idle: database.postgres.poolStats().total });
  });

  it('never hits the statement of another, however many end at once', async () => {
    for (let round = 0; round < 50; round += 1) {
      const deadlines = Array.from({ length: POOL_MAX }, () => new Deadline(60_000));
      const ending = deadlines.map((deadline) =>
        within(deadline, () => database.postgres.query(SLEEP, [0.002])).catch((error: unknown) => error),
      );
      setImmediate(() => deadlines.forEach((deadline) => deadline.end(new ClientDisconnected())));
      const innocent = Array.from({ length: POOL_MAX }, () => database.postgres.query(SLEEP, [0.001]));
      await Promise.all(ending);
      await Promise.all(innocent);
    }
  });

  it('ends in time on a server that has fallen silent, and its connection serves nobody after that', async () => {
    const deadline = new Deadline(60_000);
    const sleeping = sleepWithin(deadline).catch((error: unknown) => error);
    await untilAtWork(1);
    proxy.freeze();
    const endedAtMs = performance.now();
    deadline.end(new DeadlineExceeded(1));

    expect(await sleeping).toBeInstanceOf(DeadlineExceeded);
    expect(performance.now() - endedAtMs).toBeLessThan(SOON_MS);
    await thawed();
    await expect(database.postgres.query(BACKEND)).resolves.toMatchObject({ rowCount: 1 });
  });

  it('ends its transaction in time on a silent server: nothing more is asked of the connection', async () => {
    const calls: string[] = [];
    database.postgres.observe(({ operation }) => calls.push(operation));
    const deadline = new Deadline(60_000);
    const transaction = within(deadline, () =>
      database.postgres.inTransaction(() => database.postgres.query(SLEEP, [30])),
    ).catch((error: unknown) => error);
    await untilAtWork(1);
    proxy.freeze();
    const endedAtMs = performance.now();
    deadline.end(new DeadlineExceeded(1));

    expect(await transaction).toBeInstanceOf(DeadlineExceeded);
    expect(performance.now() - endedAtMs).toBeLessThan(SOON_MS);
    expect(calls).not.toContain('platform.rollback');
    await thawed();
  });

  describe('on a connection of its own', () => {
    let pool: pg.Pool;
    let client: pg.PoolClient;
    let heard: ControlConnection;
    beforeEach(async () => {
      pool = new pg.Pool({ connectionString: database.serviceUrl, max: 1 });
      client = await pool.connect();
      heard = new ControlConnection(database.serviceUrl, 'test-cancel');
      await heard.ask('SELECT 1');
    });
    afterEach(async () => {
      client.release(true);
      await Promise.all([pool.end(), heard.close()]);
    });

    /** What becomes of a statement whose request ends at once. */
    const outcomeOf = (text: string, cancel: Canceller['cancel']): Promise<unknown> => {
      const deadline = new Deadline(60_000);
      const running = runUntilEnd(client, { text }, deadline, { cancel });
      deadline.end(new ClientDisconnected());
      return running.catch((thrown: unknown) => thrown);
    };

    it('is stopped although the signal came before it, which the server ignores: it is told again', async () => {
      let told = 0;
      const error = await outcomeOf('SELECT pg_sleep(30)', async (processId) => {
        told += 1;
        if (told > 1) await heard.cancel(processId);
      });

      expect(sqlStateOf(error)).toBe(CANCELLED);
      expect(isFitAfter(error)).toBe(true);
      expect(told).toBeGreaterThan(1);
    });

    it('is not told again while that is on its way: the answer would wait for all of them', async () => {
      let [underWay, most] = [0, 0];
      const error = await outcomeOf('SELECT pg_sleep(30)', async (processId) => {
        most = Math.max(most, (underWay += 1));
        await new Promise((resolve) => setTimeout(resolve, SLOW_CANCEL_MS));
        await heard.cancel(processId);
        underWay -= 1;
      });

      expect(sqlStateOf(error)).toBe(CANCELLED);
      expect([most, underWay]).toEqual([1, 0]);
    });

    it('has its connection thrown away when the server was told too late: the next statement on it would be hit', async () => {
      const told = Promise.withResolvers<void>();
      const error = await outcomeOf('SELECT pg_sleep(0.02)', () => told.promise);

      expect(error).toBeInstanceOf(StatementAbandoned);
      expect(isFitAfter(error)).toBe(false);
      told.resolve();
    });
  });
});
