import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { register } from 'prom-client';
import { newRequestContext, runInRequest } from '#platform/context';
import { Deadline, DeadlineExceeded } from '#platform/deadline';
import {
  createEmptyDatabase,
  databaseSettings,
  type EmptyDatabase,
  TcpProxy,
  withConnection,
  withoutRedis,
} from '#platform/testing';
import { PostgresConnection } from '../postgres-connection.js';
import { PostgresModule } from '../postgres.module.js';
import { Postgres } from '../postgres.js';
import type { Statement } from '../statement.js';
import { ReplicaHealth } from './replica-health.js';
import { ReplicaMetrics } from './replica-metrics.js';
import { ReplicaWatch } from './replica-watch.js';
import { type RouteReason, TolerantReads } from './tolerant-reads.js';

const READ_TIMEOUT_MS = 300;
const WHERE = `current_setting('application_name') AS "by"`;
const WHO: Statement = { name: 'test.who', text: `SELECT ${WHERE}`, consistency: 'bounded-staleness' };
const WHO_SURELY: Statement = { name: 'test.who-surely', text: `SELECT ${WHERE}` };
const ADD: Statement = { name: 'test.add', text: 'INSERT INTO shelf.books VALUES ($1)' };
const SLEEP: Statement = { name: 'test.sleep', text: 'SELECT pg_sleep($1)', consistency: 'bounded-staleness' };
const DIVIDE: Statement = { name: 'test.divide', text: 'SELECT 1 / $1::int', consistency: 'bounded-staleness' };
const STRAY_WRITE: Statement = { ...ADD, name: 'test.stray-write', consistency: 'bounded-staleness' };

/** Where DATABASE_READ_URL leads to the primary itself, which is never behind: what else there is shows alone. */
describe('statements that tolerate a read replica', () => {
  let database: EmptyDatabase;
  let proxy: TcpProxy;
  let app: INestApplicationContext;
  let postgres: Postgres;
  let watch: ReplicaWatch;
  let reasons: RouteReason[];

  beforeAll(async () => {
    database = await createEmptyDatabase();
    await withConnection(database.migratorUrl, (client) =>
      client.query('CREATE SCHEMA shelf; CREATE TABLE shelf.books (title text)'),
    );
    proxy = await TcpProxy.opened(database.serviceUrl);
    const settings = databaseSettings(database.serviceUrl, {
      DATABASE_READ_URL: proxy.url,
      DATABASE_READ_TIMEOUT_MS: String(READ_TIMEOUT_MS),
    });
    const root = { module: class Root {}, imports: [withoutRedis(), PostgresModule.forRoot(settings)] };
    app = await NestFactory.createApplicationContext(root, { logger: false });
    await app.get(PostgresConnection).whenReached(10_000);
    postgres = app.get(Postgres);
    watch = app.get(ReplicaWatch);
    app.get(TolerantReads).observe((reason) => reasons.push(reason));
  });
  afterAll(async () => {
    await app.close();
    register.clear();
    await proxy.close();
    await database.drop();
  });
  beforeEach(async () => {
    reasons = [];
    await watch.look();
  });

  const who = async (statement = WHO): Promise<string | undefined> =>
    (await postgres.query<{ by: string }>(statement)).rows[0]?.by;
  const request = <T>(clientAddress: string, work: () => Promise<T>, deadline = new Deadline(10_000)): Promise<T> =>
    runInRequest(newRequestContext({ deadline, clientAddress }), work);
  const write = (): Promise<unknown> => postgres.inTransaction(() => postgres.query(ADD, ['Walden']));

  it('go there, with the rights of the service’s role, and others do not', async () => {
    expect(await who()).toBe('mainstay-read');
    expect(await who(WHO_SURELY)).toBe('mainstay');
    expect(reasons).toEqual(['fresh']);
  });

  it('go to the primary in a transaction, and nobody counts them', async () => {
    expect(await postgres.inTransaction(() => who())).toBe('mainstay');
    expect(reasons).toEqual([]);
  });

  it('go to the primary after a write of their caller, until the replica is seen to have it', async () => {
    await request('203.0.113.1', write);

    expect(await request('203.0.113.1', () => who())).toBe('mainstay');
    expect(await request('203.0.113.2', () => who())).toBe('mainstay-read');
    await watch.look(); // with synchronous_commit off, the log is written out a little later
    while ((await request('203.0.113.1', () => who())) !== 'mainstay-read') await watch.look();
    expect(reasons.slice(0, 2)).toEqual(['own-write', 'fresh']);
  });

  it('go there after a write that belongs to no request', async () => {
    await write();
    expect(await who()).toBe('mainstay-read');
  });

  it('write nothing there, also where the server would', async () => {
    // A session that refuses is a replica that fails: the primary, asked in its place, does as it is told.
    await postgres.query(STRAY_WRITE, ['Emma']);
    expect(reasons).toEqual(['failed']);
  });

  it('keep an error of their own', async () => {
    await expect(postgres.query(DIVIDE, [0])).rejects.toMatchObject({ code: '22012' });
    expect(reasons).toEqual(['fresh']);
  });

  it('are given up there after their bound, and answered by the primary', async () => {
    await postgres.query(SLEEP, [(READ_TIMEOUT_MS * 2) / 1_000]);
    expect(reasons).toEqual(['failed']);
    expect(watch.state()).toBe('fresh'); // slow is not silent
  });

  it('end with their request, on the server that they run on, and are asked of no other', async () => {
    const deadline = new Deadline(10_000);
    const sleeping = request('203.0.113.3', () => postgres.query(SLEEP, [30]), deadline);
    const atWork = (): Promise<number> =>
      withConnection(database.url, async (client) => {
        const { rowCount } = await client.query(
          `SELECT FROM pg_stat_activity
           WHERE datname = current_database() AND query LIKE 'SELECT pg_sleep%' AND state = 'active'`,
        );
        return rowCount ?? 0;
      });
    while ((await atWork()) === 0);
    deadline.end(new DeadlineExceeded(50));

    await expect(sleeping).rejects.toBeInstanceOf(DeadlineExceeded);
    while ((await atWork()) > 0);
    expect(reasons).toEqual(['fresh']);
  });

  it('are answered by the primary when the network swallows them, and go nowhere else until it is looked again', async () => {
    await who();
    proxy.freeze();
    expect(await who()).toBe('mainstay');
    expect(await who()).toBe('mainstay');
    expect(reasons).toEqual(['fresh', 'failed', 'out']);

    proxy.cut();
    await proxy.close();
    await proxy.open();
    await watch.look();
    expect(await who()).toBe('mainstay-read');
  });

  it('are told apart in the metrics and in the health report', async () => {
    await who();
    app.get(ReplicaMetrics).collect();
    const text = await register.metrics();

    expect(text).toMatch(
      /dependency_request_duration_seconds_count\{dependency="postgres-replica",operation="test.who"/,
    );
    expect(text).toMatch(/database_tolerant_reads_total\{route="replica",reason="fresh"\} \d/);
    expect(text).toMatch(/database_tolerant_reads_total\{route="primary",reason="own-write"\} \d/);
    expect(text).toMatch(/database_replica_lag_seconds 0\./);
    expect(text).toContain('database_replica_pool_connections{state="max"} 10');
    expect(await app.get(ReplicaHealth).details()).toMatchObject({ status: 'up', state: 'fresh', pool: { max: 10 } });
    expect(await app.get(ReplicaHealth).readiness()).toEqual({ status: 'up' });
  });
});
