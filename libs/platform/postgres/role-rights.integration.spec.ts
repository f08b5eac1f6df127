import { createTestDatabase, databaseSettings, type TestDatabase } from '#platform/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { type INestApplicationContext, type LoggerService, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { loadSettings, SettingsModule } from '#platform/config';
import { DatabaseHealth } from './database-health.js';
import { PostgresConnection } from './postgres-connection.js';
import { PostgresModule } from './postgres.module.js';
import { RoleRights } from './role-rights.js';

const REACH_TIMEOUT_MS = 3_000;
const WARNING = 'The role of DATABASE_URL may change the schema: use deploy/postgres/roles.sql.';

class Warnings implements LoggerService {
  readonly texts: string[] = [];
  log = (): void => undefined;
  error = (): void => undefined;
  warn = (text: unknown): void => void this.texts.push(String(text));
}

@Module({})
class Root {}

describe('RoleRights', () => {
  let database: TestDatabase;
  let app: INestApplicationContext;
  let warnings: Warnings;

  beforeAll(async () => {
    database = await createTestDatabase({ migrations: [] });
  });
  afterAll(() => database.drop());
  afterEach(() => app.close());

  /** A service of this role, which knows its rights. */
  const startAs = async (url: string, environment: string): Promise<void> => {
    warnings = new Warnings();
    const settings = loadSettings({ NODE_ENV: environment, DATABASE_URL: url });
    const imports = [SettingsModule.forRoot(settings), PostgresModule.forRoot(databaseSettings(url))];
    app = await NestFactory.createApplicationContext({ module: Root, imports }, { logger: warnings });
    await app.get(PostgresConnection).whenReached(REACH_TIMEOUT_MS);
    await app.get(RoleRights).areLeast();
  };

  it('finds nothing to say of the role that reads and writes rows', async () => {
    await startAs(database.serviceUrl, 'production');

    expect(warnings.texts).toEqual([]);
    expect(await app.get(DatabaseHealth).details()).toMatchObject({ status: 'up', leastPrivilege: true });
  });

  it.each([
    ['the owner of the schema', () => database.migratorUrl],
    ['a superuser', () => database.url],
  ])('warns once in production of %s, and the service is well all the same', async (_role, url) => {
    await startAs(url(), 'production');
    await app.get(RoleRights).areLeast();

    expect(warnings.texts).toEqual([WARNING]);
    expect(await app.get(DatabaseHealth).details()).toMatchObject({ status: 'up', leastPrivilege: false });
  });

  it('leaves a developer in peace, whose one role may do everything', async () => {
    await startAs(database.url, 'development');

    expect(warnings.texts).toEqual([]);
    expect(await app.get(DatabaseHealth).details()).toMatchObject({ leastPrivilege: false });
  });
});
