import { createTestDatabase, databaseSettings, type TestDatabase, withConnection } from '#platform/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type INestApplicationContext, type LoggerService, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { loadSettings, SettingsModule } from '#platform/config';
import { DatabaseHealth } from './database-health.js';
import { PostgresConnection } from './postgres-connection.js';
import { PostgresModule } from './postgres.module.js';
import { RoleRights } from './role-rights.js';

const REACH_TIMEOUT_MS = 3_000;
const warningOf = (...excess: string[]): string =>
  `The role of DATABASE_URL may do more than read and write rows: it ${excess.join(', ')}. ` +
  'Use deploy/postgres/roles.sql, also again.';
const ADMINISTERS = 'has attributes of an administrator';
const BELONGS = 'is a member of another role';
const OWNS = 'owns objects';
const CREATES = 'may create objects';
const BEYOND = 'has rights on tables beyond SELECT, INSERT, UPDATE and DELETE';

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
    ['the owner of the schema', () => database.migratorUrl, [OWNS, CREATES, BEYOND]],
    ['a superuser', () => database.url, [ADMINISTERS, CREATES, BEYOND]],
  ])('warns once in production of %s, and the service is well all the same', async (_role, url, excess) => {
    await startAs(url(), 'production');
    await app.get(RoleRights).areLeast();

    expect(warnings.texts).toEqual([warningOf(...excess)]);
    expect(await app.get(DatabaseHealth).details()).toMatchObject({ status: 'up', leastPrivilege: false });
  });

  it('leaves a developer in peace, whose one role may do everything', async () => {
    await startAs(database.url, 'development');

    expect(warnings.texts).toEqual([]);
    expect(await app.get(DatabaseHealth).details()).toMatchObject({ leastPrivilege: false });
  });

  describe('of a role of its own', () => {
    /** Roles are the server's: another than mainstay_service, so that no other test meets what is given here. */
    const ROLE = 'test_excess';
    let url: URL;

    const asSuperuser = (sql: string) => withConnection(database.url, (admin) => admin.query(sql));

    beforeEach(async () => {
      url = new URL(database.url);
      url.username = ROLE;
      url.password = 'canary';
      const name = url.pathname.slice(1);
      await asSuperuser(`
        CREATE SCHEMA shop;
        CREATE TABLE shop.things (id integer PRIMARY KEY);
        CREATE FUNCTION shop.answer() RETURNS integer LANGUAGE sql AS 'SELECT 42';
        CREATE ROLE ${ROLE} LOGIN PASSWORD 'canary';
        GRANT CONNECT ON DATABASE ${name} TO ${ROLE};
        GRANT USAGE ON SCHEMA shop TO ${ROLE};
        GRANT SELECT, INSERT, UPDATE, DELETE ON shop.things TO ${ROLE}`);
    });
    afterEach(async () => {
      const name = url.pathname.slice(1);
      await asSuperuser(`
        ALTER DATABASE ${name} OWNER TO CURRENT_USER;
        REASSIGN OWNED BY ${ROLE} TO CURRENT_USER;
        DROP OWNED BY ${ROLE};
        DROP ROLE ${ROLE};
        DROP SCHEMA shop CASCADE`);
    });

    it('finds nothing where it has the four rights, and defaults of its own making', async () => {
      await withConnection(url, (own) => own.query('ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO PUBLIC'));
      await startAs(url.href, 'production');

      expect(warnings.texts).toEqual([]);
      expect(await app.get(RoleRights).areLeast()).toBe(true);
    });

    it.each([
      [ADMINISTERS, `ALTER ROLE ${ROLE} CREATEROLE`],
      [ADMINISTERS, `ALTER ROLE ${ROLE} CREATEDB`],
      [ADMINISTERS, `ALTER ROLE ${ROLE} REPLICATION`],
      [ADMINISTERS, `ALTER ROLE ${ROLE} BYPASSRLS`],
      [BELONGS, `GRANT pg_execute_server_program TO ${ROLE}`],
      [BELONGS, `ALTER ROLE ${ROLE} NOINHERIT; GRANT mainstay_migrator TO ${ROLE}`],
      [OWNS, `ALTER TABLE shop.things OWNER TO ${ROLE}`],
      [OWNS, `ALTER SCHEMA shop OWNER TO ${ROLE}`],
      [OWNS, `ALTER FUNCTION shop.answer() OWNER TO ${ROLE}`],
      [OWNS, `CREATE SEQUENCE shop.numbers; ALTER SEQUENCE shop.numbers OWNER TO ${ROLE}`],
      [OWNS, `DO $$ BEGIN EXECUTE format('ALTER DATABASE %I OWNER TO ${ROLE}', current_database()); END $$`],
      [CREATES, `GRANT CREATE ON SCHEMA shop TO ${ROLE}`],
      [CREATES, `DO $$ BEGIN EXECUTE format('GRANT CREATE ON DATABASE %I TO ${ROLE}', current_database()); END $$`],
      [BEYOND, `GRANT TRUNCATE ON shop.things TO ${ROLE}`],
      [BEYOND, `GRANT TRUNCATE ON shop.things TO PUBLIC`],
      [BEYOND, `GRANT TRIGGER ON shop.things TO ${ROLE}`],
      [BEYOND, `GRANT REFERENCES ON shop.things TO ${ROLE}`],
      [BEYOND, `GRANT REFERENCES (id) ON shop.things TO ${ROLE}`],
    ])('says that it %s after %s', async (excess, sql) => {
      await asSuperuser(sql);
      await startAs(url.href, 'production');

      expect(warnings.texts).toEqual([expect.stringContaining(excess)]);
      expect(await app.get(RoleRights).areLeast()).toBe(false);
    });

    it('knows the right to maintain a table, where the server has one', async () => {
      const { rows } = await withConnection(database.url, (admin) =>
        admin.query<{ version: number }>(`SELECT current_setting('server_version_num')::integer AS version`),
      );
      const knowsIt = Number(rows[0]?.version) >= 170_000;
      if (knowsIt) await asSuperuser(`GRANT MAINTAIN ON shop.things TO ${ROLE}`);
      await startAs(url.href, 'production');

      expect(await app.get(RoleRights).areLeast()).toBe(!knowsIt);
    });
  });
});
