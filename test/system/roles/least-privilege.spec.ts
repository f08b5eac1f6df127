import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type EmptyDatabase, withConnection } from '#platform/testing';
import { moduleSchemas, waitingSchemas } from '../../architecture/modules.js';
import { StoreClient } from '../support/store-client.js';
import { storeDatabase } from '../support/store-database.js';
import { StoreProcess } from '../support/store-process.js';

const CLIENTS = 20;

describe('the store, migrated and started as in production', () => {
  let database: EmptyDatabase;
  let store: StoreProcess;

  beforeAll(async () => {
    database = await storeDatabase({ seeded: true });
    store = await StoreProcess.start({ databaseUrl: database.serviceUrl });
    await store.ready();
    const client = new StoreClient(store.url);
    await Promise.all(Array.from({ length: CLIENTS }, () => client.page()));
  });
  afterAll(async () => {
    await store.stop();
    await database.drop();
  });

  const ask = (sql: string): Promise<unknown[]> =>
    withConnection(database.url, async (admin) => (await admin.query<object>(sql)).rows);

  it('has every connection, also those that cancel statements and hear of events, as the role that reads and writes rows', async () => {
    const sessions = await ask(`
      SELECT DISTINCT application_name AS application, usename AS role FROM pg_stat_activity
      WHERE datname = current_database() AND pid <> pg_backend_pid() ORDER BY application`);

    expect(sessions).toEqual([
      { application: 'mainstay', role: 'mainstay_service' },
      { application: 'mainstay-cancel', role: 'mainstay_service' },
      { application: 'mainstay-listen', role: 'mainstay_service' },
    ]);
  });

  it('owns none of its tables: the migrator does', async () => {
    const owners = await ask(`
      SELECT DISTINCT schemaname AS schema, tableowner AS owner FROM pg_tables
      WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY schema`);

    expect(owners).toEqual(
      [...moduleSchemas(), ...waitingSchemas(), 'idempotency', 'messaging', 'platform'].sort().map((schema) => ({
        schema,
        owner: 'mainstay_migrator',
      })),
    );
  });

  it('says in its report that its role has the least rights, and warns of nothing', async () => {
    const report = (await (await fetch(`${store.managementUrl}/health`)).json()) as { details: object };

    expect(report.details).toMatchObject({ database: { status: 'up', leastPrivilege: true } });
    expect(store.logs.filter(({ level }) => level === 'warn' || level === 'error')).toEqual([]);
  });

  it('warns once when it is given the owner of the schema, and serves all the same', async () => {
    const careless = await StoreProcess.start({ databaseUrl: database.migratorUrl });
    try {
      await careless.ready();
      await careless.logged(({ level, msg }) => level === 'warn' && msg.includes('deploy/postgres/roles.sql'));

      expect((await fetch(`${careless.url}/v1/products`)).status).toBe(200);
    } finally {
      await careless.stop();
    }
  });
});
