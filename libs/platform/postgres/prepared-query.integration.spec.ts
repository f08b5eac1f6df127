import { createTestDatabase, type TestDatabase, withConnection } from '#platform/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { type Answer, type Flight, Opening, PreparedQuery } from './prepared-query.js';
import type { Statement } from './statement.js';

const THINGS = { name: 'test.things', text: 'SELECT id, name FROM test.things WHERE id = ANY ($1) ORDER BY id' };

/** What pg writes to the server, by the protocol's names; Execute and Sync are a part of each. */
function messagesOn(client: pg.Client): string[] {
  const written: string[] = [];
  for (const message of ['parse', 'bind', 'describe'] as const) {
    const write = client.connection[message].bind(client.connection) as (...sent: unknown[]) => void;
    client.connection[message] = (...sent: unknown[]) => {
      written.push(message);
      write(...sent);
    };
  }
  return written;
}

describe('a prepared query', () => {
  let database: TestDatabase;
  let client: pg.Client;

  beforeAll(async () => {
    database = await createTestDatabase({ migrations: [] });
    await withConnection(database.migratorUrl, (owner) =>
      owner.query(`
        CREATE SCHEMA test;
        GRANT USAGE ON SCHEMA test TO PUBLIC;
        CREATE TABLE test.things (id int CONSTRAINT things_key UNIQUE, name text, at timestamptz, raw bytea, data jsonb);
        GRANT ALL ON test.things TO PUBLIC;
        INSERT INTO test.things VALUES (1, 'one'), (2, NULL)`),
    );
  });
  afterAll(() => database.drop());
  beforeEach(() => {
    client = new pg.Client({ connectionString: database.serviceUrl, query_timeout: 300 });
    client.on('error', () => undefined);
  });

  const ask = (statement: Statement, values: readonly unknown[] = [], flight?: Flight) =>
    new Promise<Answer>((resolve, reject) => {
      const query = new PreparedQuery(
        statement,
        values,
        (error, answer) => (error === null ? resolve(answer) : reject(error)),
        flight,
      );
      client.query(query);
    });

  it('is parsed and described once for each connection, and answers alike each time', async () => {
    await client.connect();
    const written = messagesOn(client);
    const answers = [await ask(THINGS, [[1, 2]]), await ask(THINGS, [[1, 2]]), await ask(THINGS, [[3]])];

    const both = {
      rows: [
        { id: 1, name: 'one' },
        { id: 2, name: null },
      ],
      rowCount: 2,
    };
    expect(answers).toEqual([both, both, { rows: [], rowCount: 0 }]);
    expect(written).toEqual(['parse', 'bind', 'describe', 'bind', 'bind']);
    await client.end();
  });

  it('that gives no rows is not asked for them again', async () => {
    await client.connect();
    const written = messagesOn(client);
    const touch = { name: 'test.touch', text: 'UPDATE test.things SET name = name WHERE id <= $1' };

    expect([await ask(touch, [2]), await ask(touch, [1])]).toEqual([
      { rows: [], rowCount: 2 },
      { rows: [], rowCount: 1 },
    ]);
    expect(written).toEqual(['parse', 'bind', 'describe', 'bind']);
    await client.end();
  });

  it('that the server refuses is described at its next chance, and the connection goes on', async () => {
    await client.connect();
    const cast = { name: 'test.cast', text: 'SELECT $1::text::int AS number' };

    await expect(ask(cast, ['none'])).rejects.toMatchObject({ code: '22P02' });
    expect([await ask(cast, ['7']), await ask(cast, ['8'])]).toEqual([
      { rows: [{ number: 7 }], rowCount: 1 },
      { rows: [{ number: 8 }], rowCount: 1 },
    ]);
    await client.end();
  });

  it('begins a transaction that goes in front of it, in the same flight, and once', async () => {
    await client.connect();
    const written = messagesOn(client);
    const opening = new Opening({ name: 'test.begin', text: 'BEGIN ISOLATION LEVEL SERIALIZABLE' });
    const level = { name: 'test.level', text: `SELECT current_setting('transaction_isolation') AS level` };

    expect(await ask(level, [], { opening })).toEqual({ rows: [{ level: 'serializable' }], rowCount: 1 });
    expect([opening.sent, opening.done, client.getTransactionStatus()]).toEqual([true, true, 'T']);
    expect(written).toEqual(['parse', 'bind', 'parse', 'bind', 'describe']);

    await client.query('ROLLBACK');
    written.length = 0;
    await ask(level, [], { opening: new Opening(opening.statement) });
    expect(written).toEqual(['bind', 'bind']);
    await client.end();
  });

  it('that fails leaves the transaction that it began failed, so that nothing after it is kept', async () => {
    await client.connect();
    const opening = new Opening({ name: 'test.begin', text: 'BEGIN' });

    await expect(ask({ name: 'test.none', text: 'SELECT * FROM test.nothing' }, [], { opening })).rejects.toMatchObject(
      {
        code: '42P01',
      },
    );
    expect([opening.sent, opening.done]).toEqual([true, true]);
    await expect(ask(THINGS, [[1]])).rejects.toMatchObject({ code: '25P02' });
    await client.query('ROLLBACK');
    await expect(ask(THINGS, [[1]])).resolves.toMatchObject({ rowCount: 1 });
    await client.end();
  });

  it('that is not sent begins nothing, nor does one whose transaction could not begin: the next one has to', async () => {
    await client.connect();
    const endless = { toPostgres: () => endless };
    const unsent = new Opening({ name: 'test.begin', text: 'BEGIN' });
    await expect(ask(THINGS, [endless], { opening: unsent })).rejects.toThrow(/circular/);
    expect([unsent.sent, unsent.done]).toEqual([false, false]);

    const refused = new Opening({ name: 'test.no-begin', text: 'BEGIN NONSENSE' });
    await expect(ask(THINGS, [[1]], { opening: refused })).rejects.toMatchObject({ code: '42601' });
    expect([refused.sent, refused.done, client.getTransactionStatus()]).toEqual([true, false, 'I']);
    await client.end();
  });

  it('is kept by what closes its transaction in the same flight, or fails with it', async () => {
    await client.connect();
    const [opening, closing] = [
      { name: 'test.begin', text: 'BEGIN' },
      { name: 'test.commit', text: 'COMMIT' },
    ];
    const add = { name: 'test.add', text: 'INSERT INTO test.things (id) VALUES ($1)' };
    const flight = () => ({ opening: new Opening(opening), closing });

    for (const id of [20, 21]) expect(await ask(add, [id], flight())).toEqual({ rows: [], rowCount: 1 });
    await expect(ask(add, [20], flight())).rejects.toMatchObject({ code: '23505' });
    await expect(ask(THINGS, [[20]])).rejects.toMatchObject({ code: '25P02' });
    await client.query('ROLLBACK');
    expect((await ask(THINGS, [[20, 21]])).rowCount).toBe(2);
    await client.end();
  });

  it('takes every kind of value that pg takes', async () => {
    await client.connect();
    const [at, raw] = [new Date('2026-01-15T08:30:00.123Z'), Buffer.from([0, 255])];
    const insert = {
      name: 'test.insert',
      text: 'INSERT INTO test.things VALUES ($1, $2, $3, $4, $5) RETURNING *',
    };
    const { rows } = await ask(insert, [9, 'nine – ñ', at, raw, { list: [1, 'b', null] }]);

    expect(rows).toEqual([{ id: 9, name: 'nine – ñ', at, raw, data: { list: [1, 'b', null] } }]);
    await client.end();
  });

  it('is refused before it is sent when its name belongs to another, or a value is none; the connection goes on', async () => {
    await client.connect();
    await ask(THINGS, [[1]]);
    const endless = { toPostgres: () => endless };

    await expect(ask({ ...THINGS, text: 'SELECT 1' })).rejects.toThrow(/test\.things/);
    await expect(ask(THINGS, [endless])).rejects.toThrow(/circular/);
    await expect(ask(THINGS, [[1]])).resolves.toMatchObject({ rowCount: 1 });
    await client.end();
  });

  it('that copies gets nothing out, and fails when it would have to send something', async () => {
    await client.connect();

    await expect(ask({ name: 'test.copy-out', text: 'COPY test.things TO STDOUT' })).resolves.toMatchObject({
      rows: [],
    });
    await expect(ask({ name: 'test.copy-in', text: 'COPY test.things FROM STDIN' })).rejects.toThrow();
  });

  it('does not wait for a server longer than pg is told to', async () => {
    await client.connect();

    await expect(ask({ name: 'test.sleep', text: 'SELECT pg_sleep(30)' })).rejects.toThrow(/timeout/);
    client.connection.stream.destroy();
  });

  it('fails when a migration has changed its columns, as every prepared statement', async () => {
    await client.connect();
    const all = { name: 'test.all', text: 'SELECT * FROM test.things' };
    await ask(all);
    await withConnection(database.migratorUrl, (owner) => owner.query('ALTER TABLE test.things ADD COLUMN more int'));

    await expect(ask(all)).rejects.toMatchObject({ code: '0A000' });
    await client.end();
  });
});
