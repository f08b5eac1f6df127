import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DomainEvent } from '#kernel/domain-event';
import { newRequestContext, runInRequest, runOutsideRequest } from '#platform/context';
import { Deadline, DeadlineExceeded } from '#platform/deadline';
import { DatabaseConflict, type StatementCall } from '#platform/postgres';
import { createTestDatabase, type TestDatabase, withConnection } from '#platform/testing';
import { EventOutbox } from './event-outbox.js';
import { PostgresUnitOfWork } from './postgres-unit-of-work.js';
import { unitOfWorkContract } from './testing/unit-of-work.contract.js';

const PUT = { name: 'shelf.put', text: 'INSERT INTO trial.shelf (text) VALUES ($1)' };
const ALL = { name: 'shelf.all', text: 'SELECT text FROM trial.shelf ORDER BY n' };
const TELL = { name: 'shelf.tell', text: 'INSERT INTO trial.told (type) SELECT unnest($1::text[])' };
const TOLD = { name: 'shelf.told', text: 'SELECT type FROM trial.told ORDER BY n' };
const LEVEL = { name: 'shelf.level', text: `SELECT current_setting('transaction_isolation') AS level` };
const SLEEP = { name: 'shelf.sleep', text: 'SELECT pg_sleep(20)' };
const BROKEN = { name: 'shelf.broken', text: 'SELECT 1 / 0' };
const TAKE = { name: 'shelf.take', text: 'UPDATE trial.counters SET n = n + 1 WHERE name = $1' };
const COUNT = { name: 'shelf.count', text: 'SELECT n FROM trial.counters ORDER BY name' };

describe('PostgresUnitOfWork', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase({ migrations: [], env: { DATABASE_POOL_MAX: '4' } });
    await withConnection(database.url, (admin) =>
      admin.query(`
        CREATE SCHEMA trial; GRANT USAGE ON SCHEMA trial TO mainstay_service;
        CREATE TABLE trial.shelf (n serial, text text); CREATE TABLE trial.told (n serial, type text);
        CREATE TABLE trial.counters (name text PRIMARY KEY, n integer NOT NULL);
        GRANT ALL ON ALL TABLES IN SCHEMA trial TO mainstay_service;
        GRANT ALL ON ALL SEQUENCES IN SCHEMA trial TO mainstay_service;`),
    );
  });
  afterAll(() => database.drop());

  class TableOutbox extends EventOutbox {
    commits = 0;

    override async append(events: readonly DomainEvent[]): Promise<void> {
      await database.postgres.query(TELL, [events.map(({ type }) => type)]);
    }

    override committed(): void {
      this.commits += 1;
    }
  }

  async function aWorkshop() {
    const outbox = new TableOutbox();
    const { postgres } = database;
    await withConnection(database.url, (admin) =>
      admin.query(
        `TRUNCATE trial.shelf, trial.told, trial.counters; INSERT INTO trial.counters VALUES ('a', 0), ('b', 0)`,
      ),
    );
    return {
      unitOfWork: new PostgresUnitOfWork(postgres, outbox),
      shelf: {
        put: async (text: string) => void (await postgres.query(PUT, [text])),
        all: async () => (await postgres.query<{ text: string }>(ALL)).rows.map(({ text }) => text),
      },
      told: async () => (await postgres.query<{ type: string }>(TOLD)).rows.map(({ type }) => type),
      commits: () => outbox.commits,
      take: (name: string) => postgres.query(TAKE, [name]),
      counts: async () => (await postgres.query<{ n: number }>(COUNT)).rows.map(({ n }) => n),
    };
  }

  unitOfWorkContract(aWorkshop);

  it('is as isolated as was asked', async () => {
    const { unitOfWork } = await aWorkshop();
    const level = await unitOfWork.run(
      async () => (await database.postgres.query<{ level: string }>(LEVEL)).rows[0]?.level,
      { isolation: 'serializable' },
    );
    expect(level).toBe('serializable');
  });

  it('sends statements one after the other, also those that nobody waits for in turn', async () => {
    const { unitOfWork, shelf } = await aWorkshop();
    await unitOfWork.run(() => Promise.all(['one', 'two', 'three'].map((text) => shelf.put(text))));
    expect(await shelf.all()).toEqual(['one', 'two', 'three']);
  });

  it('refuses a statement that comes when its transaction is over', async () => {
    const { unitOfWork, shelf } = await aWorkshop();
    const gate = Promise.withResolvers<void>();
    let late: Promise<void> | undefined;
    await unitOfWork.run(async () => {
      late = gate.promise.then(() => shelf.put('late'));
      late.catch(() => undefined);
    });
    gate.resolve();
    await expect(late).rejects.toThrow(/was begun, and not awaited/);
    expect(await shelf.all()).toEqual([]);
  });

  it('does not call a unit committed whose work hid that a statement had failed', async () => {
    const { unitOfWork, shelf } = await aWorkshop();
    const attempt = unitOfWork.run(async () => {
      await shelf.put('one');
      await database.postgres.query(BROKEN).catch(() => undefined);
    });
    await expect(attempt).rejects.toThrow(/Nothing was committed/);
    expect(await shelf.all()).toEqual([]);
  });

  /** Takes both counters in this order; the other unit is waited for in between, so that the two lock each other out. */
  function crossing(unit: Awaited<ReturnType<typeof aWorkshop>>, repeatable: boolean) {
    const arrived = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    let tries = 0;
    const both = [
      ['a', 'b'],
      ['b', 'a'],
    ].map(([first = '', second = ''], n) =>
      unit.unitOfWork.run(
        async () => {
          tries += 1;
          await unit.take(first);
          arrived[n]?.resolve();
          await arrived[1 - n]?.promise;
          await unit.take(second);
        },
        { repeatable },
      ),
    );
    return { both, tries: () => tries };
  }

  it('begins a repeatable unit again that was the victim of a deadlock', async () => {
    const workshop = await aWorkshop();
    const { both, tries } = crossing(workshop, true);
    await Promise.all(both);
    expect(tries()).toBe(3);
    expect(await workshop.counts()).toEqual([2, 2]);
  });

  it('gives up a unit that may not be repeated: the other one has its way', async () => {
    const workshop = await aWorkshop();
    const { both, tries } = crossing(workshop, false);
    const outcomes = await Promise.allSettled(both);
    expect(tries()).toBe(2);
    expect(outcomes.filter(({ status }) => status === 'rejected')).toEqual([
      { status: 'rejected', reason: expect.any(DatabaseConflict) },
    ]);
    expect(await workshop.counts()).toEqual([1, 1]);
  });

  it('does not repeat a whole when one of its parts may not be repeated', async () => {
    const workshop = await aWorkshop();
    const { unitOfWork } = workshop;
    let tries = 0;
    const attempt = unitOfWork.run(
      () =>
        unitOfWork.run(async () => {
          tries += 1;
          throw new DatabaseConflict({ cause: Object.assign(new Error('lost'), { code: '40001' }) });
        }),
      { repeatable: true },
    );
    await expect(attempt).rejects.toBeInstanceOf(DatabaseConflict);
    expect(tries).toBe(1);
  });

  it('repeats a serializable unit whose COMMIT was refused, with the events of the last try alone', async () => {
    const { unitOfWork, shelf, told } = await aWorkshop();
    const arrived = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    // Each reads everything, and adds to it: of two that see the same, one must have come after the other.
    const units = [0, 1].map((n) =>
      unitOfWork.run(
        async () => {
          const seen = await shelf.all();
          arrived[n]?.resolve();
          await arrived[1 - n]?.promise;
          await shelf.put(`after ${seen.length}`);
          unitOfWork.record([
            { id: String(n), type: `shelf.put-${n}.v1`, subject: 'shelf', occurredAt: new Date(), data: {} },
          ]);
        },
        { isolation: 'serializable', repeatable: true },
      ),
    );
    await Promise.all(units);
    expect(await shelf.all()).toEqual(['after 0', 'after 1']);
    expect([...(await told())].sort()).toEqual(['shelf.put-0.v1', 'shelf.put-1.v1']);
  });

  it('lends its transaction to nothing that is begun outside of the request, although from within', async () => {
    const { unitOfWork, shelf } = await aWorkshop();
    const seen = await unitOfWork.run(async () => {
      await shelf.put('one');
      return runOutsideRequest(() => shelf.all());
    });
    expect(seen).toEqual([]);
    expect(await shelf.all()).toEqual(['one']);
  });

  it('ends with its request: the statement is cancelled, the rest rolled back, the connection as good as before', async () => {
    const { unitOfWork, shelf } = await aWorkshop();
    const deadline = new Deadline(60_000);
    const attempt = runInRequest(newRequestContext({ deadline }), () =>
      unitOfWork.run(async () => {
        await shelf.put('two');
        setImmediate(() => deadline.end(new DeadlineExceeded(50)));
        await database.postgres.query(SLEEP);
      }),
    );
    await expect(attempt).rejects.toBeInstanceOf(DeadlineExceeded);
    expect(await shelf.all()).toEqual([]);
  });

  it('ends with its request also when the work hangs: it keeps no connection', async () => {
    const { unitOfWork, shelf } = await aWorkshop();
    const deadline = new Deadline(60_000);
    const attempt = runInRequest(newRequestContext({ deadline }), () =>
      unitOfWork.run(async () => {
        await shelf.put('one');
        setImmediate(() => deadline.end(new DeadlineExceeded(50)));
        await new Promise(() => undefined);
      }),
    );
    await expect(attempt).rejects.toBeInstanceOf(DeadlineExceeded);
    expect(await shelf.all()).toEqual([]);
    const { total, idle } = database.postgres.poolStats();
    expect(total - idle).toBe(0);
  });

  it('commits nothing for a request that is over', async () => {
    const { unitOfWork, shelf } = await aWorkshop();
    const deadline = new Deadline(60_000);
    const attempt = runInRequest(newRequestContext({ deadline }), () =>
      unitOfWork.run(async () => {
        await shelf.put('one');
        deadline.end(new DeadlineExceeded(1));
      }),
    );
    await expect(attempt).rejects.toBeInstanceOf(DeadlineExceeded);
    expect(await shelf.all()).toEqual([]);
  });

  it('tells the metrics of its beginning and its end', async () => {
    const { unitOfWork, shelf } = await aWorkshop();
    const calls: StatementCall[] = [];
    database.postgres.observe((call) => calls.push(call));
    await unitOfWork.run(() => shelf.put('one'));
    await unitOfWork.run(() => Promise.reject(new Error('no'))).catch(() => undefined);
    expect(calls.map(({ operation, outcome }) => `${operation} ${outcome}`)).toEqual([
      'platform.begin ok',
      'shelf.put ok',
      'platform.commit ok',
      'platform.begin ok',
      'platform.rollback ok',
    ]);
  });

  it('leaves no connection in a transaction, whatever became of it', async () => {
    const { unitOfWork, shelf } = await aWorkshop();
    const units = Array.from({ length: 12 }, (_, n) =>
      unitOfWork.run(async () => {
        await shelf.put(`unit ${n}`);
        if (n % 3 === 0) throw new Error('no');
        if (n % 3 === 1) await database.postgres.query(BROKEN);
      }),
    );
    await Promise.allSettled(units);
    const open = await withConnection(database.url, (admin) =>
      admin.query(`SELECT count(*)::int AS n FROM pg_stat_activity
        WHERE datname = current_database() AND state LIKE 'idle in transaction%'`),
    );
    expect(open.rows).toEqual([{ n: 0 }]);
    expect(await shelf.all()).toHaveLength(4);
  });
});
