import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  createBareDatabase,
  createEmptyDatabase,
  createTestDatabase,
  databaseSettings,
  roleUrls,
  type TestDatabase,
  testServerUrl,
  withConnection,
} from '#platform/testing';
import { runMigrations } from './run-migrations.js';

const ROLES = join(import.meta.dirname, '../../../deploy/postgres/roles.sql');
const LIBS = join(import.meta.dirname, '../..');
const REFUSED = '42501';

type Rows = Record<string, unknown>[];
const ask = (url: string, sql: string): Promise<Rows> =>
  withConnection(url, async (client) => (await client.query<Record<string, unknown>>(sql)).rows);
const stateOf = (url: string, sql: string): Promise<unknown> =>
  ask(url, sql).then(
    () => 'done',
    (error: unknown) => (error as { code: string }).code,
  );

const AS_ADMINISTRATOR =
  'GRANT mainstay_migrator, mainstay_service TO test_owner WITH ADMIN TRUE, INHERIT FALSE, SET FALSE';
const MAKE_A_SHOP = `
  CREATE SCHEMA shop;
  CREATE TABLE shop.things (id integer PRIMARY KEY, number serial, name text NOT NULL);
  CREATE FUNCTION shop.answer() RETURNS integer LANGUAGE sql SECURITY DEFINER AS 'SELECT 42'`;

describe('the role of the service', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createTestDatabase();
    await ask(database.migratorUrl, MAKE_A_SHOP);
  });
  afterAll(() => database.drop());

  it.each([
    ["INSERT INTO shop.things (id, name) VALUES (1, 'mug') RETURNING id, number", [{ id: 1, number: 1 }]],
    ["UPDATE shop.things SET name = 'cup' WHERE id = 1 RETURNING name", [{ name: 'cup' }]],
    ['SELECT id, name FROM shop.things', [{ id: 1, name: 'cup' }]],
    ['DELETE FROM shop.things RETURNING id', [{ id: 1 }]],
    ['SELECT count(*)::int AS count FROM catalog.products', [{ count: 0 }]],
    ['SELECT count(*) > 0 AS some FROM platform.migrations', [{ some: true }]],
    ['SELECT count(*)::int AS count FROM platform.sealing_keys', [{ count: 1 }]],
  ])('may %s', async (sql, rows) => {
    expect(await ask(database.serviceUrl, sql)).toEqual(rows);
  });

  it.each([
    'CREATE SCHEMA mine',
    'CREATE TABLE catalog.mine (id integer)',
    'CREATE TABLE public.mine (id integer)',
    'CREATE TEMPORARY TABLE mine (id integer)',
    'CREATE INDEX ON catalog.products (name)',
    'CREATE VIEW catalog.mine AS SELECT 1 AS one',
    'CREATE SEQUENCE catalog.mine',
    "CREATE FUNCTION catalog.mine() RETURNS integer LANGUAGE sql AS 'SELECT 1'",
    'CREATE TRIGGER mine BEFORE UPDATE ON catalog.products FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()',
    'CREATE PUBLICATION mine',
    'ALTER TABLE catalog.products ADD COLUMN mine integer',
    'ALTER TABLE catalog.products DISABLE TRIGGER ALL',
    'ALTER TABLE catalog.products OWNER TO mainstay_service',
    'DROP TABLE catalog.products',
    'DROP SCHEMA catalog CASCADE',
    'TRUNCATE catalog.products',
    'CREATE ROLE mine',
    'CREATE DATABASE mine',
    'ALTER ROLE mainstay_service SUPERUSER',
    "ALTER ROLE mainstay_migrator PASSWORD 'mine'",
    'ALTER SYSTEM SET work_mem = 64',
    'SET ROLE mainstay_migrator',
    'SET SESSION AUTHORIZATION mainstay_migrator',
    'GRANT mainstay_migrator TO mainstay_service',
    'REASSIGN OWNED BY mainstay_migrator TO mainstay_service',
    "COPY (SELECT 1) TO PROGRAM 'true'",
    "COPY (SELECT 1) TO '/tmp/mine'",
    "SELECT pg_read_file('PG_VERSION')",
    "SELECT lo_from_bytea(0, 'mine')",
    'SELECT rolpassword FROM pg_authid',
    'SELECT shop.answer()',
    "INSERT INTO platform.migrations (timestamp, name) VALUES (1, 'Mine0000000000001')",
    'UPDATE platform.migrations SET name = name',
    'DELETE FROM platform.migrations',
    'TRUNCATE platform.migrations',
    "INSERT INTO platform.sealing_keys VALUES (1, sha256('mine'))",
    "UPDATE platform.sealing_keys SET key = sha256('mine')",
    'DELETE FROM platform.sealing_keys',
  ])('may not %s', async (sql) => {
    expect(await stateOf(database.serviceUrl, sql)).toBe(REFUSED);
  });

  it('has nothing to give away', async () => {
    await ask(database.serviceUrl, 'GRANT SELECT ON catalog.products TO PUBLIC'); // Postgres warns, and does nothing
    const [granted] = await ask(
      database.url,
      `SELECT count(*)::int AS count FROM pg_class, aclexplode(relacl)
       WHERE pg_class.oid = 'catalog.products'::regclass AND grantee = 0`,
    );

    expect(granted).toEqual({ count: 0 });
  });

  it('looks for a name without a schema among the names of the system alone', async () => {
    expect(await ask(database.serviceUrl, 'SHOW search_path')).toEqual([{ search_path: 'pg_catalog' }]);
  });

  it('may end a statement of its own, which is what a request over its deadline needs', async () => {
    const sleeping = withConnection(database.serviceUrl, async (client) => {
      const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
      const slept = client.query('SELECT pg_sleep(20)').catch((error: unknown) => (error as { code: string }).code);
      await ask(database.serviceUrl, `SELECT pg_cancel_backend(${rows[0]?.pid})`);
      return slept;
    });

    expect(await sleeping).toBe('57014');
  });
});

describe('the role of the migrator', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  it('owns what migrations made, and the service owns nothing', async () => {
    const owners = await ask(
      database.url,
      `SELECT DISTINCT pg_get_userbyid(relowner) AS owner FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
       WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'`,
    );

    expect(owners).toEqual([{ owner: 'mainstay_migrator' }]);
  });

  it('creates, alters, empties and drops', async () => {
    await ask(database.migratorUrl, MAKE_A_SHOP);
    await ask(database.migratorUrl, 'ALTER TABLE shop.things ADD COLUMN price integer');
    await ask(database.migratorUrl, 'CREATE INDEX CONCURRENTLY things_name_idx ON shop.things (name)');
    await ask(database.migratorUrl, 'TRUNCATE shop.things, catalog.products');
    await ask(database.migratorUrl, 'DROP SCHEMA shop CASCADE');

    expect(await ask(database.url, "SELECT to_regclass('shop.things') AS gone")).toEqual([{ gone: null }]);
  });

  it.each([
    'CREATE ROLE mine',
    'CREATE DATABASE mine',
    'CREATE TABLE public.mine (id integer)',
    'ALTER ROLE mainstay_migrator SUPERUSER',
    "ALTER ROLE mainstay_service PASSWORD 'mine'",
    "COPY (SELECT 1) TO PROGRAM 'true'",
    'SELECT rolpassword FROM pg_authid',
  ])('may not %s', async (sql) => {
    expect(await stateOf(database.migratorUrl, sql)).toBe(REFUSED);
  });
});

describe('any other role', () => {
  it('is not even connected', async () => {
    const database = await createEmptyDatabase();
    await ask(database.url, `CREATE ROLE test_stranger LOGIN PASSWORD 'stranger'`);
    const url = new URL(database.url);
    url.username = 'test_stranger';
    url.password = 'stranger';

    try {
      expect(await stateOf(url.href, 'SELECT 1')).toBe(REFUSED);
    } finally {
      await ask(database.url, 'DROP ROLE test_stranger');
      await database.drop();
    }
  });
});

describe('roles.sql', () => {
  let script: string;
  beforeAll(async () => {
    script = await readFile(ROLES, 'utf8');
  });

  /** Who may what, for a comparison before and after. */
  const rightsOf = (url: string): Promise<Rows> =>
    ask(
      url,
      `SELECT oid::regclass::text AS name, pg_get_userbyid(relowner) AS owner, relacl::text AS rights FROM pg_class
       WHERE relnamespace IN (SELECT oid FROM pg_namespace WHERE nspname IN ('catalog', 'platform', 'recommendations'))
       UNION ALL SELECT nspname, pg_get_userbyid(nspowner), nspacl::text FROM pg_namespace
       UNION ALL SELECT datname, pg_get_userbyid(datdba), datacl::text FROM pg_database
         WHERE datname = current_database()
       UNION ALL SELECT defaclobjtype::text, pg_get_userbyid(defaclrole), defaclacl::text FROM pg_default_acl
       ORDER BY name, rights`,
    );

  it('changes nothing the second time', async () => {
    const database = await createTestDatabase();
    const before = await rightsOf(database.url);

    await ask(database.url, script);

    expect(await rightsOf(database.url)).toEqual(before);
    await database.drop();
  });

  it('may run many times at once, in one database and in several', async () => {
    const databases = await Promise.all([createBareDatabase(), createBareDatabase()]);
    const runs = [...databases, ...databases, ...databases].map(({ url }) => ask(url, script));

    await Promise.all(runs);

    for (const { url, drop } of databases) {
      expect(await stateOf(roleUrls(url).serviceUrl, 'CREATE SCHEMA mine')).toBe(REFUSED);
      await drop();
    }
  });

  describe('in a database where one role did everything', () => {
    it('hands over what that made: the service goes on, and the migrator can', async () => {
      const database = await createBareDatabase();
      const settings = databaseSettings(database.url);
      const folders = ['modules/catalog/adapters/postgres/migrations', 'platform/pagination/migrations'];
      await runMigrations(
        settings,
        () => undefined,
        folders.map((folder) => join(LIBS, folder)),
      );
      await ask(database.url, MAKE_A_SHOP);
      await ask(database.url, 'CREATE TABLE public.somebodys (id integer)');

      await ask(database.url, script);

      const { serviceUrl, migratorUrl } = roleUrls(database.url);
      expect(await ask(serviceUrl, "INSERT INTO shop.things (id, name) VALUES (1, 'mug') RETURNING number")).toEqual([
        { number: 1 },
      ]);
      expect(await stateOf(serviceUrl, 'DELETE FROM catalog.products')).toBe('done');
      expect(await stateOf(serviceUrl, 'ALTER TABLE catalog.products ADD COLUMN mine integer')).toBe(REFUSED);
      expect(await stateOf(serviceUrl, 'DELETE FROM platform.migrations')).toBe(REFUSED);
      expect(await stateOf(serviceUrl, 'DELETE FROM platform.sealing_keys')).toBe(REFUSED);
      expect(await stateOf(migratorUrl, 'ALTER TABLE catalog.products ADD COLUMN more integer')).toBe('done');
      expect(await stateOf(migratorUrl, 'SELECT FROM public.somebodys')).toBe(REFUSED);
      await database.drop();
    });
  });

  it('may be run by an owner of the database who is no superuser', async () => {
    const database = await createBareDatabase();
    const owner = new URL(database.url);
    owner.username = 'test_owner';
    owner.password = 'owner';
    const name = owner.pathname.slice(1);
    await ask(
      database.url,
      `CREATE ROLE test_owner LOGIN CREATEROLE PASSWORD 'owner'; ALTER DATABASE ${name} OWNER TO test_owner`,
    );
    // As if this owner had made the two roles: from 16 on that is who administers them, and may do nothing else as them.
    const [{ version } = {}] = await ask(database.url, `SELECT current_setting('server_version_num')::int AS version`);
    if (Number(version) >= 160_000) await ask(database.url, AS_ADMINISTRATOR);

    try {
      await ask(owner.href, MAKE_A_SHOP);
      await ask(owner.href, script);
      const { serviceUrl } = roleUrls(database.url);
      expect(await stateOf(serviceUrl, "INSERT INTO shop.things (id, name) VALUES (1, 'mug')")).toBe('done');
      expect(await stateOf(serviceUrl, 'TRUNCATE shop.things')).toBe(REFUSED);
    } finally {
      await database.drop();
      await withConnection(testServerUrl(), (admin) => admin.query('DROP ROLE test_owner'));
    }
  });
});
