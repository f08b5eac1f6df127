import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestDatabase, type TestDatabase, withConnection } from '#platform/testing';
import { CREATE_LEDGER } from './testing/ledger.js';
import { LineRefused } from './testing/ledger.controller.js';
import { LedgerService } from './testing/ledger.service.js';

const TOGETHER = 50;

/** What the race's test holds, so that a claim stops between its look and its lock. */
const GATE = 4_242;

/**
 * Found before Postgres' own function by its name: it waits at the gate, and then does the same. The statement's snapshot
 * is taken before any of its functions is called.
 */
const GATED_LOCK = `
  CREATE FUNCTION trial.pg_try_advisory_xact_lock(wanted bigint) RETURNS boolean LANGUAGE plpgsql AS $$
    BEGIN
      PERFORM pg_catalog.pg_advisory_lock_shared(${GATE});
      PERFORM pg_catalog.pg_advisory_unlock_shared(${GATE});
      RETURN pg_catalog.pg_try_advisory_xact_lock(wanted);
    END $$`;
const WAITING = `SELECT count(*)::int AS n FROM pg_locks
  WHERE locktype = 'advisory' AND NOT granted AND objid = ${GATE}
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;

let database: TestDatabase;
let replicas: [LedgerService, LedgerService];
let one: LedgerService;
let other: LedgerService;

beforeAll(async () => {
  database = await createTestDatabase();
  await asSuperuser(CREATE_LEDGER);
  await asSuperuser(GATED_LOCK);
  const url = new URL(database.serviceUrl);
  url.searchParams.set('options', '-c search_path=trial,pg_catalog');
  const env = { DATABASE_URL: url.href, DATABASE_POOL_MAX: '8' };
  replicas = [await LedgerService.started(env), await LedgerService.started(env)];
  [one, other] = replicas;
});
afterAll(async () => {
  for (const replica of replicas) await replica.close();
  await database.drop();
});
afterEach(() => {
  for (const { plot } of replicas) plot.during = () => Promise.resolve();
});

async function asSuperuser<Row extends object>(sql: string): Promise<Row[]> {
  return withConnection(database.url, async (admin) => (await admin.query(sql)).rows as Row[]);
}

const linesOf = async (text: string): Promise<number> => (await one.lines).filter((line) => line === text).length;
const records = async (): Promise<number> =>
  (await asSuperuser<{ n: number }>('SELECT count(*)::int AS n FROM idempotency.records'))[0]?.n ?? -1;
const locks = (): Promise<object[]> =>
  asSuperuser(`SELECT objid FROM pg_locks WHERE locktype = 'advisory'
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`);

/** The next run of the replica's work: stopped when it has begun, until it is let go. */
function pausedWork({ plot }: LedgerService) {
  const [begun, gate] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  plot.during = async () => {
    begun.resolve();
    await gate.promise;
  };
  return { begun: begun.promise, letGo: () => gate.resolve() };
}

describe('one key, many times at once, in two replicas', () => {
  it('is carried out once: the others get the same answer, or are told to come again', async () => {
    const sending = { key: randomUUID(), body: { text: 'together' } };
    const answers = await Promise.all(
      Array.from({ length: TOGETHER }, (_, n) => (n % 2 === 0 ? one : other).send(sending)),
    );

    expect(await linesOf('together')).toBe(1);
    const done = answers.filter(({ statusCode }) => statusCode === 201);
    const told = answers.filter(({ statusCode }) => statusCode === 409);
    expect(done.length + told.length).toBe(TOGETHER);
    expect(new Set(done.map(({ body }) => body)).size).toBe(1);
    for (const answer of told) expect(answer.json()).toMatchObject({ code: 'platform.idempotency-key-in-use' });
    expect((await other.send(sending)).body).toBe(done[0]?.body);
  });

  it('does not wait for a twin in the other replica', async () => {
    const sending = { key: randomUUID(), body: { text: 'not waiting' } };
    const work = pausedWork(one);
    const first = one.send(sending);
    await work.begun;

    expect((await other.send(sending)).json()).toMatchObject({ code: 'platform.idempotency-key-in-use' });
    work.letGo();
    const { body } = await first;
    expect((await other.send(sending)).body).toBe(body);
    expect(await linesOf('not waiting')).toBe(1);
  });
});

describe('work that fails', () => {
  it('leaves neither its changes nor a record nor a lock', async () => {
    const before = await records();
    const sending = { key: randomUUID(), body: { text: 'failing' } };
    one.plot.during = () => Promise.reject(new Error('broken'));

    expect((await one.send(sending)).statusCode).toBe(500);
    expect(await linesOf('failing')).toBe(0);
    expect(await records()).toBe(before);
    expect(await locks()).toEqual([]);
    expect((await other.send(sending)).statusCode).toBe(201);
  });

  it('whose connection is lost in the middle is carried out by the next who asks', async () => {
    const sending = { key: randomUUID(), body: { text: 'crashing' } };
    const work = pausedWork(one);
    const first = one.send(sending);
    await work.begun;
    await asSuperuser(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE datname = current_database() AND state = 'idle in transaction'`);
    work.letGo();

    expect((await first).statusCode).toBe(503);
    expect(await locks()).toEqual([]);
    expect((await other.send(sending)).statusCode).toBe(201);
    expect(await linesOf('crashing')).toBe(1);
  });

  it('by a final refusal is undone, and its refusal given again in the other replica', async () => {
    const sending = { key: randomUUID(), body: { text: 'refused' } };
    one.plot.during = () => Promise.reject(new LineRefused('as it stands'));
    const refused = await one.send(sending);
    const again = await other.send(sending);

    expect(refused.statusCode).toBe(409);
    expect(again.statusCode).toBe(409);
    expect(again.body).toBe(refused.body);
    expect(again.headers['content-type']).toBe(refused.headers['content-type']);
    expect(await linesOf('refused')).toBe(0);
  });
});

describe('a twin that commits between the look of a claim and its lock', () => {
  /** The other replica's claim has looked, the first one's work is committed, and then the claim takes the lock. */
  async function raced(sending: { path?: string; key: string; body: object }) {
    const work = pausedWork(one);
    const first = one.send(sending);
    await work.begun;
    return withConnection(database.url, async (admin) => {
      await admin.query(`SELECT pg_advisory_lock(${GATE})`);
      const late = other.send(sending);
      while ((await admin.query<{ n: number }>(WAITING)).rows[0]?.n !== 1) continue;
      work.letGo();
      const answer = await first;
      await admin.query(`SELECT pg_advisory_unlock(${GATE})`);
      return { first: answer, late: await late };
    });
  }

  it.each([
    ['READ COMMITTED', '/lines', 'raced', 'raced'],
    ['REPEATABLE READ', '/shelves/a/lines', 'raced too', 'a: raced too'],
  ])('is found out, and the work that was done twice is undone, at %s', async (_level, path, text, line) => {
    const runs = other.plot.runs;
    const { first, late } = await raced({ path, key: randomUUID(), body: { text } });

    expect(other.plot.runs).toBe(runs + 1);
    expect(late.statusCode).toBe(first.statusCode);
    expect(late.body).toBe(first.body);
    expect(await linesOf(line)).toBe(1);
    expect(other.lastLine).toMatchObject({ idempotency: 'replayed' });
  });
});

describe('a record', () => {
  it('whose time is over counts as absent', async () => {
    const sending = { key: randomUUID(), body: { text: 'expiring' } };
    const first = await one.send(sending);
    await asSuperuser(`UPDATE idempotency.records SET created_at = created_at - interval '2 days',
      expires_at = expires_at - interval '2 days'`);

    const second = await other.send(sending);
    expect(second.statusCode).toBe(201);
    expect(second.json<{ number: number }>()).not.toEqual(first.json());
    expect(await linesOf('expiring')).toBe(2);
    expect((await one.send(sending)).body).toBe(second.body);
  });

  it('is kept for a day', async () => {
    const key = randomUUID();
    await one.send({ key, claims: { sub: 'for-a-day' } });

    const kept = await asSuperuser(`SELECT method, route, status, (expires_at - created_at)::text AS kept
      FROM idempotency.records WHERE caller_id = 'for-a-day'`);
    expect(kept).toEqual([{ method: 'POST', route: '/lines', status: 201, kept: '1 day' }]);
    expect(JSON.stringify(await asSuperuser('SELECT records::text FROM idempotency.records'))).not.toContain(key);
  });
});
