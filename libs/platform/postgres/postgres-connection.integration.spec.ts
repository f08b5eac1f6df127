import { SLACK_MS, createEmptyDatabase, databaseSettings, TcpProxy } from '#platform/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { INestApplicationContext, LoggerService } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { DataSource } from 'typeorm';
import { DatabaseUnavailable } from './database.errors.js';
import { PostgresConnection } from './postgres-connection.js';
import { PostgresModule } from './postgres.module.js';
import { Postgres } from './postgres.js';
import type { Statement } from './statement.js';

const ONE: Statement = { name: 'test.one', text: 'SELECT 1 AS one' };
/** What readiness promises for a Postgres that arrives late. */
const RECOVERY_MS = 2_500;

class LogLines implements LoggerService {
  readonly lines: string[] = [];
  log = (message: unknown): void => void this.lines.push(`info ${String(message)}`);
  warn = (message: unknown): void => void this.lines.push(`warn ${String(message)}`);
  error = (message: unknown): void => void this.lines.push(`error ${String(message)}`);

  aboutPostgres(): string[] {
    return this.lines.filter((line) => line.includes('Postgres '));
  }
}

describe('a service whose Postgres is absent at boot', () => {
  let database: Awaited<ReturnType<typeof createEmptyDatabase>>;
  let proxy: TcpProxy;
  let app: INestApplicationContext;
  let log: LogLines;

  beforeEach(async () => {
    database = await createEmptyDatabase();
    proxy = await TcpProxy.closed(database.serviceUrl);
    log = new LogLines();
    const root = { module: class Root {}, imports: [PostgresModule.forRoot(databaseSettings(proxy.url))] };
    app = await NestFactory.createApplicationContext(root, { logger: log });
  });

  afterEach(async () => {
    await app.close();
    await proxy.close();
    await database.drop();
  });

  it('boots, and refuses at once what needs Postgres', async () => {
    const startedAtMs = performance.now();
    await expect(app.get(Postgres).query(ONE)).rejects.toBeInstanceOf(DatabaseUnavailable);
    expect(performance.now() - startedAtMs).toBeLessThan(SLACK_MS);
    expect(app.get(PostgresConnection).reached).toBe(false);
  });

  it('says after a bound that Postgres was not reached', async () => {
    await expect(app.get(PostgresConnection).whenReached(50)).rejects.toBeInstanceOf(DatabaseUnavailable);
  });

  it('finds it soon after its arrival', async () => {
    await expect(app.get(PostgresConnection).whenReached(700)).rejects.toThrow();

    await proxy.open();
    await app.get(PostgresConnection).whenReached(RECOVERY_MS);

    expect((await app.get(Postgres).query(ONE)).rows).toEqual([{ one: 1 }]);
  });

  it('logs the absence once and the arrival once', async () => {
    await expect(app.get(PostgresConnection).whenReached(700)).rejects.toThrow();
    await proxy.open();
    await app.get(PostgresConnection).whenReached(RECOVERY_MS);

    expect(log.aboutPostgres()).toEqual([
      expect.stringMatching(/^warn Postgres isn't reachable, trying on: connect ECONNREFUSED/),
      'info Postgres is reached.',
    ]);
  });

  it('ends while it is still trying', async () => {
    await app.close();
    await proxy.open();
    await expect(app.get(PostgresConnection).whenReached(300)).rejects.toBeInstanceOf(DatabaseUnavailable);
  });

  it('closes its pool at the end, and not before', async () => {
    await proxy.open();
    await app.get(PostgresConnection).whenReached(RECOVERY_MS);

    await app.close();

    expect(app.get(DataSource).isInitialized).toBe(false);
    await expect(app.get(Postgres).query(ONE)).rejects.toBeInstanceOf(DatabaseUnavailable);
  });
});
