import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DatabaseConflict } from '#platform/postgres';
import {
  createTestDatabase,
  RecordingOutbox,
  type TestDatabase,
  withConnection,
  withMigrationRunner,
} from '#platform/testing';
import { PostgresUnitOfWork } from '#platform/unit-of-work';
import { CreateIdempotencyRecords1795701000000 } from '../migrations/1795701000000-create-idempotency-records.js';
import { idempotencyStoreContract } from '../testing/idempotency-store.contract.js';
import { aRecord, CREATED_AT, idOf } from '../testing/record.builder.js';
import { PostgresIdempotencyStore } from './postgres-idempotency-store.js';

describe('PostgresIdempotencyStore', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  const asSuperuser = (sql: string) => withConnection(database.url, (admin) => admin.query(sql));

  async function aStore() {
    await asSuperuser('TRUNCATE idempotency.records');
    return {
      store: new PostgresIdempotencyStore(database.postgres),
      unitOfWork: new PostgresUnitOfWork(database.postgres, new RecordingOutbox()),
    };
  }

  idempotencyStoreContract(aStore);

  /** Claims the id in a unit that stays open until `finish`. */
  async function holding(id: string) {
    const { store, unitOfWork } = await aStore();
    const [claimed, gate] = [Promise.withResolvers<unknown>(), Promise.withResolvers<void>()];
    const unit = unitOfWork.run(async () => {
      claimed.resolve(await store.claim(id, CREATED_AT));
      await gate.promise;
    });
    expect(await claimed.promise).toBe('free');
    const claim = (other: string) => unitOfWork.run(() => store.claim(other, CREATED_AT));
    const finish = async (): Promise<void> => {
      gate.resolve();
      await unit;
    };
    return { claim, finish };
  }

  it('gives an id to one unit at a time, and tells the others at once', async () => {
    const { claim, finish } = await holding(idOf('wanted'));

    expect(await claim(idOf('wanted'))).toBe('in-use');
    expect(await claim(idOf('another'))).toBe('free');
    await finish();
    expect(await claim(idOf('wanted'))).toBe('free');
  });

  it('has a free place again when the connection that held it is gone', async () => {
    const { claim, finish } = await holding(idOf('wanted'));
    await asSuperuser(`SELECT pg_terminate_backend(pid) FROM pg_locks
      WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`);

    await expect(finish()).rejects.toThrow();
    expect(await claim(idOf('wanted'))).toBe('free');
  });

  it('loses to a record that its snapshot does not show', async () => {
    const { store, unitOfWork } = await aStore();
    const attempt = unitOfWork.run(
      async () => {
        expect(await store.claim(aRecord().id, CREATED_AT)).toBe('free');
        await withConnection(database.serviceUrl, (twin) =>
          twin.query(
            `INSERT INTO idempotency.records VALUES ($1, $2, 'twin', 'POST', '/', '1', 200, '{}', '', NULL, $3, $4)`,
            [Buffer.from(aRecord().id, 'hex'), Buffer.alloc(32), CREATED_AT, new Date(CREATED_AT.getTime() + 60_000)],
          ),
        );
        return store.keep(aRecord());
      },
      { isolation: 'repeatable read' },
    );

    await expect(attempt).rejects.toBeInstanceOf(DatabaseConflict);
  });

  it('leaves to others what they are deleting, and does not wait for them', async () => {
    const { store, unitOfWork } = await aStore();
    for (const n of [1, 2, 3]) await unitOfWork.run(() => store.keep(aRecord({ id: idOf(`${n}`) })));
    const late = new Date(aRecord().expiresAt.getTime());

    const deleted = await withConnection(database.serviceUrl, async (other) => {
      await other.query('BEGIN');
      await other.query('SELECT FROM idempotency.records LIMIT 1 FOR UPDATE');
      const count = await store.forgetExpired(late, 10);
      await other.query('ROLLBACK');
      return count;
    });

    expect(deleted).toBe(2);
    expect(await store.forgetExpired(late, 10)).toBe(1);
  });

  it('has a table that goes, and comes back, by its migration', async () => {
    const migration = new CreateIdempotencyRecords1795701000000();
    await withMigrationRunner(database, async (runner) => {
      await runner.startTransaction();
      await migration.down(runner);
      await migration.up(runner);
      await runner.commitTransaction();
    });

    const { store, unitOfWork } = await aStore();
    expect(await unitOfWork.run(() => store.keep(aRecord()))).toBe(true);
  });

  it('keeps what an operator asks for, and the key nowhere', async () => {
    const { store } = await aStore();
    await store.keep(aRecord());

    const { rows } = await asSuperuser('SELECT * FROM idempotency.records');
    expect(rows).toEqual([
      {
        id: Buffer.from(aRecord().id, 'hex'),
        fingerprint: Buffer.from(aRecord().fingerprint, 'hex'),
        caller_id: 'storekeeper-7',
        method: 'POST',
        route: '/v1/products/:id/stock-adjustments',
        request_id: '0198c5a0-6f0a-7c0e-9d55-0d6f9b1c2e3f',
        status: 409,
        headers: aRecord().answer.headers,
        body: aRecord().answer.body,
        error_code: 'trial.line-refused',
        created_at: aRecord().createdAt,
        expires_at: aRecord().expiresAt,
      },
    ]);
  });
});
