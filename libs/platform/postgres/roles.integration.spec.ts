import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  createBareDatabase,
  createEmptyDatabase,
  createTestDatabase,
  databaseSettings,
  foundInModules,
  roleUrls,
  type TestDatabase,
  testServerUrl,
  withConnection,
  withMigrationRunner,
} from '#platform/testing';
import { makeReadOnly } from './schema/read-only-table.js';
import { runMigrations } from './schema/run-migrations.js';

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
    'DELETE FROM platform.migration_steps',
    "INSERT INTO platform.migration_steps VALUES ('Mine0000000000001')",
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

describe('what the service may write in the schema of all modules', () => {
  /** Of the platform; each module lists its own. */
  const OF_PLATFORM = ['idempotency.records', 'messaging.inbox', 'messaging.outbox', 'messaging.parked_events'];
  let database: TestDatabase;
  let expected: readonly string[];

  beforeAll(async () => {
    database = await createTestDatabase();
    const ofModules = await foundInModules<{ readonly WRITABLE_TABLES: readonly string[] }>(
      'testing/writable-tables.ts',
      'WRITABLE_TABLES',
    );
    expected = [...OF_PLATFORM, ...ofModules.flatMap(({ WRITABLE_TABLES: tables }) => tables)].sort();
  });
  afterAll(() => database.drop());

  /** Tables, and the views that hand what is written to a table: with its owner's rights, whatever the writer's are. */
  const writable = async (): Promise<string[]> => {
    const rows = await ask(
      database.url,
      `SELECT nspname || '.' || relname AS name FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
       WHERE nspname !~ '^pg_' AND nspname <> 'information_schema' AND relkind IN ('r', 'p', 'v', 'm', 'f')
         AND pg_relation_is_updatable(pg_class.oid, true) <> 0
         AND (has_any_column_privilege('mainstay_service', pg_class.oid, 'INSERT, UPDATE')
           OR has_table_privilege('mainstay_service', pg_class.oid, 'DELETE'))`,
    );
    return rows.map(({ name }) => String(name)).sort();
  };

  it('is exactly these tables, and no view', async () => {
    expect(await writable()).toEqual(expected);
  });

  it('would be a read-only table, too, through a view that a migration left as it is made', async () => {
    await ask(database.migratorUrl, 'CREATE VIEW platform.keys AS SELECT * FROM platform.sealing_keys');
    expect(await writable()).toEqual([...expected, 'platform.keys'].sort());

    await withMigrationRunner(database, (runner) => makeReadOnly(runner, 'platform.keys'));
    expect(await writable()).toEqual(expected);
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
       WHERE relnamespace IN (SELECT oid FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema')
       UNION ALL SELECT nspname, pg_get_userbyid(nspowner), nspacl::text FROM pg_namespace
       UNION ALL SELECT datname, pg_get_userbyid(datdba), datacl::text FROM pg_database
         WHERE datname = current_database()
       UNION ALL SELECT defaclobjtype::text, pg_get_userbyid(defaclrole), defaclacl::text FROM pg_default_acl
       ORDER BY name, rights`,
    );

  /** What a run warns of. */
  const warningsOf = (url: string): Promise<unknown[]> =>
    withConnection(url, async (client) => {
      const texts: unknown[] = [];
      client.on('notice', ({ severity, message }) => void (severity === 'WARNING' && texts.push(message)));
      await client.query(script);
      return texts;
    });

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

  describe('run again', () => {
    let database: TestDatabase;

    // One for all: each of them ends healed.
    beforeAll(async () => {
      database = await createTestDatabase();
      await ask(database.migratorUrl, MAKE_A_SHOP);
    });
    afterAll(() => database.drop());

    it.each([
      ['GRANT TRUNCATE ON catalog.products TO mainstay_service', 'TRUNCATE catalog.products CASCADE'],
      ['GRANT TRUNCATE ON catalog.stock_adjustments TO PUBLIC', 'TRUNCATE catalog.stock_adjustments'],
      [
        'GRANT REFERENCES (id) ON catalog.products TO mainstay_service; GRANT CREATE ON SCHEMA shop TO mainstay_service',
        'CREATE TABLE shop.mine (id uuid REFERENCES catalog.products (id))',
      ],
      ['GRANT CREATE ON SCHEMA catalog TO mainstay_service', 'CREATE TABLE catalog.mine (id integer)'],
      ['GRANT DELETE ON platform.sealing_keys TO mainstay_service', 'DELETE FROM platform.sealing_keys'],
      ['GRANT DELETE ON platform.migration_steps TO mainstay_service', 'DELETE FROM platform.migration_steps'],
      ['GRANT UPDATE (name) ON platform.migrations TO PUBLIC', 'UPDATE platform.migrations SET name = name'],
      ['ALTER TABLE catalog.products OWNER TO mainstay_service', 'ALTER TABLE catalog.products ADD mine integer'],
      [
        'ALTER TABLE platform.sealing_keys OWNER TO mainstay_service',
        'ALTER TABLE platform.sealing_keys ADD mine integer',
      ],
      ['ALTER SCHEMA shop OWNER TO mainstay_service', 'CREATE TABLE shop.mine (id integer)'],
      ['ALTER FUNCTION shop.answer() OWNER TO mainstay_service', 'SELECT shop.answer()'],
      [
        'CREATE VIEW shop.keys AS SELECT * FROM platform.sealing_keys; ALTER VIEW shop.keys OWNER TO mainstay_service',
        'DELETE FROM shop.keys',
      ],
      [
        `DO $$ BEGIN EXECUTE format('ALTER DATABASE %I OWNER TO mainstay_service', current_database()); END $$`,
        `DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET work_mem = 64', current_database()); END $$`,
      ],
      ['GRANT mainstay_migrator TO mainstay_service', 'DROP TABLE catalog.products CASCADE'],
      ['GRANT pg_execute_server_program TO mainstay_service', "COPY (SELECT 1) TO PROGRAM 'true'"],
      ['ALTER ROLE mainstay_service CREATEROLE', 'CREATE ROLE mine'],
      ['ALTER ROLE mainstay_service CREATEDB', 'CREATE DATABASE mine TEMPLATE nothing'],
    ])('takes back what the service got by %s', async (given, attempt) => {
      await ask(database.url, given);
      await ask(database.url, script);

      expect(await stateOf(database.serviceUrl, attempt)).toBe(REFUSED);
      expect(await stateOf(database.serviceUrl, 'DELETE FROM catalog.products')).toBe('done');
      expect(await stateOf(database.serviceUrl, "INSERT INTO shop.things (id, name) VALUES (1, 'mug')")).toBe('done');
      expect(await stateOf(database.serviceUrl, 'DELETE FROM shop.things')).toBe('done');
    });

    it('takes back the right to give rights away, with what was given by it', async () => {
      await ask(database.url, 'GRANT SELECT ON shop.things TO mainstay_service WITH GRANT OPTION');
      await ask(database.serviceUrl, 'GRANT SELECT ON shop.things TO PUBLIC');

      await ask(database.url, script);

      const granted = await ask(
        database.url,
        `SELECT grantee::regrole::text AS role, bool_or(is_grantable) AS grants FROM pg_class, aclexplode(relacl)
         WHERE pg_class.oid = 'shop.things'::regclass AND grantee <> relowner GROUP BY grantee`,
      );
      expect(granted).toEqual([{ role: 'mainstay_service', grants: false }]);
    });

    it('leaves the migrator what it takes from the service', async () => {
      await ask(
        database.url,
        'ALTER TABLE shop.things OWNER TO mainstay_service; ALTER SCHEMA shop OWNER TO mainstay_service',
      );

      await ask(database.url, script);

      expect(await stateOf(database.migratorUrl, 'ALTER TABLE shop.things ADD price integer')).toBe('done');
      expect(await stateOf(database.migratorUrl, 'CREATE TABLE shop.less (id integer)')).toBe('done');
    });

    it('gives the service in tables to come what it has in those that are there', async () => {
      await ask(database.migratorUrl, 'ALTER DEFAULT PRIVILEGES GRANT ALL ON TABLES TO mainstay_service');

      await ask(database.url, script);
      await ask(database.migratorUrl, 'CREATE TABLE shop.more (id integer)');

      expect(await stateOf(database.serviceUrl, 'INSERT INTO shop.more VALUES (1)')).toBe('done');
      expect(await stateOf(database.serviceUrl, 'TRUNCATE shop.more')).toBe(REFUSED);
    });

    it('has nothing to warn of when a superuser runs it', async () => {
      await ask(database.url, 'GRANT pg_read_all_data TO mainstay_service');

      expect(await warningsOf(database.url)).toEqual([]);
    });
  });

  describe('run by an owner of the database who is no superuser', () => {
    let database: Awaited<ReturnType<typeof createBareDatabase>>;
    let ownerUrl: string;
    let sinceSixteen: boolean;
    let serviceUrl: string;

    beforeEach(async () => {
      database = await createEmptyDatabase();
      ({ serviceUrl } = roleUrls(database.url));
      const owner = new URL(database.url);
      owner.username = 'test_owner';
      owner.password = 'owner';
      ownerUrl = owner.href;
      const name = owner.pathname.slice(1);
      await ask(
        database.url,
        `CREATE ROLE test_owner LOGIN CREATEROLE PASSWORD 'owner'; ALTER DATABASE ${name} OWNER TO test_owner`,
      );
      // As if this owner had made the two roles: from 16 on that is who administers them, and may do nothing else as them.
      const [{ version } = {}] = await ask(
        database.url,
        `SELECT current_setting('server_version_num')::int AS version`,
      );
      sinceSixteen = Number(version) >= 160_000;
      if (sinceSixteen) await ask(database.url, AS_ADMINISTRATOR);
      await ask(ownerUrl, MAKE_A_SHOP);
    });
    afterEach(async () => {
      await database.drop();
      await withConnection(testServerUrl(), (admin) => admin.query('DROP ROLE test_owner'));
    });

    it('hands over, and lets the service read and write rows', async () => {
      await ask(ownerUrl, script);

      expect(await stateOf(serviceUrl, "INSERT INTO shop.things (id, name) VALUES (1, 'mug')")).toBe('done');
      expect(await stateOf(serviceUrl, 'TRUNCATE shop.things')).toBe(REFUSED);
    });

    it('takes back what the service owns, and keeps no way of acting for it', async () => {
      await ask(ownerUrl, script);
      await ask(database.url, 'ALTER TABLE shop.things OWNER TO mainstay_service');

      await ask(ownerUrl, script);

      expect(await stateOf(serviceUrl, 'ALTER TABLE shop.things ADD mine integer')).toBe(REFUSED);
      expect(await stateOf(serviceUrl, 'DELETE FROM shop.things')).toBe('done');
      expect(await stateOf(ownerUrl, 'SET ROLE mainstay_service')).toBe(REFUSED);
    });

    it('warns of what only somebody else may take back', async () => {
      await ask(
        database.url,
        `GRANT pg_execute_server_program TO mainstay_service;
         CREATE SCHEMA others; CREATE TABLE others.things (id integer);
         GRANT TRUNCATE ON others.things TO mainstay_service;
         GRANT EXECUTE ON FUNCTION lo_creat(integer) TO mainstay_service`,
      );
      try {
        expect(await warningsOf(ownerUrl)).toEqual([
          // Before 16, CREATEROLE was enough to take back any membership.
          ...(sinceSixteen ? ['mainstay_service still is a member of pg_execute_server_program'] : []),
          'mainstay_service still may do more to table others.things than read and write rows',
          'mainstay_service still may create large objects (REVOKE EXECUTE ON FUNCTION lo_creat(integer) FROM PUBLIC, mainstay_service)',
        ]);
      } finally {
        await ask(database.url, 'REVOKE pg_execute_server_program FROM mainstay_service');
      }
    });
  });
});
