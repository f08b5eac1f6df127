import { createTestDatabase, databaseSettings, TcpProxy, type TestDatabase } from '#platform/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { DatabaseHealth } from './database-health.js';
import { PostgresConnection } from './postgres-connection.js';
import { PostgresModule } from './postgres.module.js';

const REACH_TIMEOUT_MS = 3_000;

describe('DatabaseHealth', () => {
  let database: TestDatabase;
  let proxy: TcpProxy;
  let app: INestApplicationContext;
  let health: DatabaseHealth;

  beforeEach(async () => {
    database = await createTestDatabase({ migrations: [] });
    proxy = await TcpProxy.closed(database.serviceUrl);
    const root = { module: class Root {}, imports: [PostgresModule.forRoot(databaseSettings(proxy.url))] };
    app = await NestFactory.createApplicationContext(root, { logger: false });
    health = app.get(DatabaseHealth);
  });

  afterEach(async () => {
    await app.close();
    await proxy.close();
    await database.drop();
  });

  const arrive = async (): Promise<void> => {
    await proxy.open();
    await app.get(PostgresConnection).whenReached(REACH_TIMEOUT_MS);
  };

  it('is not ready before Postgres was reached', async () => {
    expect(await health.readiness()).toEqual({ status: 'down', reason: 'not reached yet' });
  });

  it('is ready once Postgres is reached and its schema is current', async () => {
    await arrive();
    expect(await health.readiness()).toEqual({ status: 'up', schema: 'current' });
  });

  it('stays ready when Postgres goes away, while the details tell', async () => {
    await arrive();
    await health.readiness();
    await proxy.close();

    expect(await health.readiness()).toEqual({ status: 'up', schema: 'current' });
    expect(await health.details()).toMatchObject({ status: 'down', reason: 'platform.database-unavailable' });
  });

  it('tells the latency and the pool in its details', async () => {
    await arrive();
    await health.readiness(); // one after the other from here on: two at once would take a connection each
    expect(await health.details()).toEqual({
      status: 'up',
      schema: 'current',
      leastPrivilege: true,
      latencyMs: expect.any(Number),
      pool: { total: 1, idle: 1, waiting: 0, max: 10 },
    });
  });
});
