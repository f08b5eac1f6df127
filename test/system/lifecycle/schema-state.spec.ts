import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createEmptyDatabase, withConnection } from '#platform/testing';
import { runEntry } from '../support/store-database.js';
import { StoreProcess } from '../support/store-process.js';

const RECOVERY_MS = 5000;
const FROM_THE_FUTURE = 'AddLoyaltyPoints9999999999999';

describe('readiness and the state of the schema', () => {
  let database: Awaited<ReturnType<typeof createEmptyDatabase>>;
  let store: StoreProcess;

  beforeEach(async () => {
    database = await createEmptyDatabase();
  });

  afterEach(async () => {
    await store.stop();
    await database.drop();
  });

  it('is not ready on an empty database, and names what is pending', async () => {
    store = await StoreProcess.start({ databaseUrl: database.serviceUrl });
    await store.logged(({ msg }) => msg === 'listening');

    const state = await databaseState(store, (known) => 'schema' in known);
    expect(state).toEqual({
      status: 'down',
      schema: 'pending',
      pending: expect.arrayContaining([expect.stringMatching(/^CreateProducts\d{13}$/)]),
      unknown: [],
    });
  });

  it('gets ready when the migrations have been applied, without a restart', async () => {
    store = await StoreProcess.start({ databaseUrl: database.serviceUrl });
    await databaseState(store, ({ schema }) => schema === 'pending');

    await runEntry('migrate', database);
    await store.ready(RECOVERY_MS);

    expect((await fetch(`${store.url}/v1/products`)).status).toBe(200);
  });

  it('is not ready on a database of a later version, and names what it does not know', async () => {
    await runEntry('migrate', database);
    await withConnection(database.url, (client) =>
      client.query('INSERT INTO platform.migrations (timestamp, name) VALUES ($1, $2)', [
        9_999_999_999_999,
        FROM_THE_FUTURE,
      ]),
    );
    store = await StoreProcess.start({ databaseUrl: database.serviceUrl });

    const state = await databaseState(store, (known) => 'schema' in known);
    expect(state).toEqual({ status: 'down', schema: 'unknown', pending: [], unknown: [FROM_THE_FUTURE] });
  });

  it('serves on a database that a later version has only added to, as after a rollback', async () => {
    await runEntry('migrate', database);
    await withConnection(database.url, async (client) => {
      await client.query('INSERT INTO platform.migrations (timestamp, name) VALUES ($1, $2)', [
        9_999_999_999_999,
        FROM_THE_FUTURE,
      ]);
      await client.query('INSERT INTO platform.migration_steps (name) VALUES ($1)', [FROM_THE_FUTURE]);
    });
    store = await StoreProcess.start({ databaseUrl: database.serviceUrl });
    await store.ready();

    expect(await databaseState(store, (known) => 'schema' in known)).toMatchObject({ status: 'up', schema: 'ahead' });
    expect((await fetch(`${store.url}/v1/products`)).status).toBe(200);
  });

  it('stays ready when a later version migrates while it serves', async () => {
    await runEntry('migrate', database);
    store = await StoreProcess.start({ databaseUrl: database.serviceUrl });
    await store.ready();

    await withConnection(database.url, (client) =>
      client.query('INSERT INTO platform.migrations (timestamp, name) VALUES ($1, $2)', [
        9_999_999_999_999,
        FROM_THE_FUTURE,
      ]),
    );

    expect((await fetch(`${store.managementUrl}/health/ready`)).status).toBe(200);
  });
});

type DatabaseState = Readonly<Record<string, unknown>>;

/** What the readiness probe says of the database, once it says what is asked for. */
async function databaseState(store: StoreProcess, fits: (state: DatabaseState) => boolean): Promise<DatabaseState> {
  const endsAtMs = performance.now() + RECOVERY_MS;
  for (;;) {
    const answer = await fetch(`${store.managementUrl}/health/ready`);
    const { details } = (await answer.json()) as { details: { database: DatabaseState } };
    if (fits(details.database)) return details.database;
    if (performance.now() > endsAtMs)
      throw new Error(`The database is said to be ${JSON.stringify(details.database)}.`);
  }
}
