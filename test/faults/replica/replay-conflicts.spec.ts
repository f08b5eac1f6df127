import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { INestApplicationContext } from '@nestjs/common';
import { DiscoveryModule, DiscoveryService, NestFactory } from '@nestjs/core';
import { register } from 'prom-client';
import { BackgroundWorks } from '#platform/lifecycle';
import { Postgres, PostgresConnection, PostgresModule, type Statement, type StatementCall } from '#platform/postgres';
import { databaseSettings, withConnection, withoutRedis } from '#platform/testing';
import { pollUntil } from '../../../tools/process/wait.ts';
import { PostgresServer } from '../support/processes/postgres-server.js';

const START_TIMEOUT_MS = 60_000;
const SETTLE_MS = 15_000;
const IS_REPLICA = 'pg_is_in_recovery() AS "isReplica"';
const HERE: Statement = { name: 'test.here', text: `SELECT ${IS_REPLICA}`, consistency: 'bounded-staleness' };
const NEW_TABLE: Statement = {
  name: 'test.new-table',
  text: `SELECT ${IS_REPLICA} FROM shelf.new_books`,
  consistency: 'bounded-staleness',
};
/** Longer than a replica's replay waits for it (standby.ts), where there is a row. */
const SLOW_READ: Statement = {
  name: 'test.slow-read',
  text: `SELECT ${IS_REPLICA}, pg_sleep(3) FROM shelf.books`,
  consistency: 'bounded-staleness',
};

describe('a read that the replay of a replica gets in the way of', () => {
  let primary: PostgresServer;
  let replica: PostgresServer;
  let app: INestApplicationContext;
  let works: BackgroundWorks;
  let postgres: Postgres;
  let primaryCalls: StatementCall[];

  beforeAll(async () => {
    primary = await PostgresServer.start();
    await asOwner('CREATE SCHEMA shelf', 'CREATE TABLE shelf.books AS SELECT 1 AS id');
    replica = await primary.replica();
    const settings = databaseSettings(primary.serviceUrl, {
      DATABASE_READ_URL: replica.serviceUrl,
      DATABASE_READ_TIMEOUT_MS: '10000', // of this test's own: the server ends the statement first
    });
    const root = {
      module: class Root {},
      imports: [withoutRedis(), DiscoveryModule, PostgresModule.forRoot(settings)],
    };
    app = await NestFactory.createApplicationContext(root, { logger: false });
    await app.get(PostgresConnection).whenReached(SETTLE_MS);
    postgres = app.get(Postgres);
    postgres.observe((call) => primaryCalls.push(call));
    works = new BackgroundWorks(app.get(DiscoveryService));
    works.start();
  }, START_TIMEOUT_MS);
  afterAll(async () => {
    await works.stop();
    await app.close();
    register.clear();
    await replica.stop();
    await primary.stop();
  });
  beforeEach(async () => {
    primaryCalls = [];
    expect(await pollUntil(async () => ((await readHere()) ? true : null), { timeoutMs: SETTLE_MS })).toBe(true);
    primaryCalls = [];
  });

  const asOwner = (...statements: string[]): Promise<void> =>
    withConnection(primary.migratorUrl, async (client) => {
      for (const sql of statements) await client.query(sql);
    });
  const onReplica = (sql: string) => withConnection(replica.url, (client) => client.query<{ state: string }>(sql));
  const readHere = async (): Promise<boolean> =>
    (await postgres.query<{ isReplica: boolean }>(HERE)).rows[0]?.isReplica ?? false;

  it('is answered by the primary when it is cancelled for a conflict, and the replica goes on serving', async () => {
    const reading = postgres.query(SLOW_READ);
    const atWork = async (): Promise<true | null> => {
      const { rowCount } = await onReplica(
        `SELECT FROM pg_stat_activity WHERE query LIKE '%pg_sleep(3)%' AND wait_event = 'PgSleep'`,
      );
      return rowCount === 1 ? true : null;
    };
    expect(await pollUntil(atWork, { timeoutMs: SETTLE_MS })).toBe(true);
    await asOwner('DELETE FROM shelf.books', 'VACUUM shelf.books');

    expect((await reading).rows).toEqual([]); // as the primary has it now
    expect(primaryCalls.map(({ operation, outcome }) => `${operation} ${outcome}`)).toEqual(['test.slow-read ok']);
    expect(await readHere()).toBe(true);
  });

  it('is answered by the primary while a migration that it builds on is not replayed', async () => {
    await onReplica('SELECT pg_wal_replay_pause()');
    await asOwner('CREATE TABLE shelf.new_books AS SELECT 1 AS id');
    const { rows } = await postgres.query(NEW_TABLE);
    await onReplica('SELECT pg_wal_replay_resume()');

    expect(rows).toEqual([{ isReplica: false }]);
    expect(await readHere()).toBe(true);
  });
});
