import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '#kernel/id';
import {
  createTestDatabase,
  RecordingOutbox,
  schemaDrift,
  type TestDatabase,
  withConnection,
  withMigrationRunner,
} from '#platform/testing';
import { PostgresUnitOfWork } from '#platform/unit-of-work';
import { companionRepositoryContract } from '../../testing/companion.repository.contract.js';
import { CompanionRow } from './companion.row.js';
import { CreateCompanions1795381200000 } from './migrations/1795381200000-create-companions.js';
import { RememberProductsOfPurchases1795702000000 } from './migrations/1795702000000-remember-products-of-purchases.js';
import { IndexPurchasesByAge1795704000000 } from './migrations/1795704000000-index-purchases-by-age.js';
import { COMPANIONS_OF, RECORD_PURCHASES, SWEEP_PURCHASES } from './companion.statements.js';
import { DELETED_AT_ONCE, PostgresCompanionRepository } from './postgres-companion.repository.js';
import { PurchaseRow } from './purchase.row.js';

describe('PostgresCompanionRepository', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase({
      migrations: [join(import.meta.dirname, 'migrations')],
      entities: [CompanionRow, PurchaseRow],
    });
  });
  afterAll(() => database.drop());

  const asOwner = (sql: string) => withConnection(database.migratorUrl, (client) => client.query(sql));

  async function emptyStore() {
    await asOwner('TRUNCATE recommendations.companions, recommendations.purchases');
    return {
      companions: new PostgresCompanionRepository(database.postgres),
      unitOfWork: new PostgresUnitOfWork(database.postgres, new RecordingOutbox()),
    };
  }

  async function someoneWaits(): Promise<void> {
    const waiting = `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
    await withConnection(database.url, async (admin) => {
      while ((await admin.query(waiting)).rowCount === 0);
    });
  }

  companionRepositoryContract(emptyStore);

  it('keeps the counts of a purchase from before products were remembered, and says so once', async () => {
    const { companions, unitOfWork } = await emptyStore();
    const old = { id: newId(), productIds: [newId(), newId()] };
    await companions.record([old]);
    await database.dataSource.query('UPDATE recommendations.purchases SET product_ids = NULL');
    const forget = () => unitOfWork.run(() => companions.forget(old.id));

    expect(await forget()).toMatchObject({ outcome: 'kept' });
    expect(await forget()).toMatchObject({ outcome: 'known' });

    expect(await companions.companionsOf(String(old.productIds[0]), 5)).toMatchObject([{ together: 1 }]);
  });

  it('takes back from the latest count, when it had to wait for whoever counted', async () => {
    const { companions, unitOfWork } = await emptyStore();
    const [kettle, filters, gone, kept] = [newId(), newId(), newId(), newId()];
    await companions.record([{ id: gone, productIds: [kettle, filters] }]);

    const forgetting = await withConnection(database.serviceUrl, async (other) => {
      await other.query('BEGIN');
      await other.query(RECORD_PURCHASES.text, [
        [kept, kept],
        [kettle, filters],
      ]);
      const waiting = unitOfWork.run(() => companions.forget(gone));
      await someoneWaits();
      await other.query('COMMIT');
      return waiting;
    });

    expect(forgetting).toMatchObject({ outcome: 'forgotten' });
    expect(await companions.companionsOf(kettle, 5)).toEqual([{ productId: filters, together: 1, purchases: 1 }]);
  });

  it('clears more than fits into one statement', async () => {
    const { companions, unitOfWork } = await emptyStore();
    await database.dataSource.query(`
      INSERT INTO recommendations.purchases SELECT gen_random_uuid() FROM generate_series(1, ${DELETED_AT_ONCE + 1})`);

    expect(await unitOfWork.run(() => companions.clear())).toBe(DELETED_AT_ONCE + 1);
  });

  describe('sweep', () => {
    const HOUR_SECONDS = 3_600;
    const aged = (hours: number, ids: readonly string[]) =>
      database.dataSource.query(
        `UPDATE recommendations.purchases SET recorded_at = now() - $1 * interval '1 hour' WHERE id = ANY ($2)`,
        [hours, ids],
      );

    it('forgets old purchases and old marks, so many at once, and leaves younger ones and every count', async () => {
      const { companions, unitOfWork } = await emptyStore();
      const [kettle, filters] = [newId(), newId()];
      const purchases = Array.from({ length: 3 }, () => ({ id: newId(), productIds: [kettle, filters] }));
      const [oldest, old, young] = purchases.map(({ id }) => id) as [string, string, string];
      const mark = newId();
      await companions.record(purchases);
      await unitOfWork.run(() => companions.forget(mark));
      await aged(5, [oldest]);
      await aged(4, [old]);
      await aged(3, [mark]);
      await aged(1, [young]);

      expect(await companions.sweep(2 * HOUR_SECONDS, 2)).toBe(2);
      expect(await companions.sweep(2 * HOUR_SECONDS, 2)).toBe(1);
      expect(await companions.sweep(2 * HOUR_SECONDS, 2)).toBe(0);

      const left: object[] = await database.dataSource.query('SELECT id FROM recommendations.purchases');
      expect(left).toEqual([{ id: young }]);
      expect(await companions.companionsOf(kettle, 5)).toEqual([{ productId: filters, together: 3, purchases: 3 }]);
    });

    it('lets a cancellation that comes afterwards take nothing back', async () => {
      const { companions, unitOfWork } = await emptyStore();
      const swept = { id: newId(), productIds: [newId(), newId()] };
      await companions.record([swept]);
      await aged(3, [swept.id]);
      await companions.sweep(2 * HOUR_SECONDS, 10);

      expect(await unitOfWork.run(() => companions.forget(swept.id))).toMatchObject({ outcome: 'marked' });
      expect(await companions.companionsOf(String(swept.productIds[0]), 5)).toMatchObject([{ together: 1 }]);
    });

    it('finds old ones along the index', async () => {
      await emptyStore();
      await database.dataSource.query(`
        INSERT INTO recommendations.purchases (id, recorded_at)
        SELECT gen_random_uuid(), now() - n * interval '1 minute' FROM generate_series(1, 5000) AS n`);
      await asOwner('ANALYZE recommendations.purchases');

      const plan: object[] = await database.dataSource.query(`EXPLAIN ${SWEEP_PURCHASES.text}`, [HOUR_SECONDS, 10]);

      expect(JSON.stringify(plan)).toContain('purchases_recorded_at_idx');
    });
  });

  it('reads companions along the index, without a sort', async () => {
    await database.dataSource.query(`
      INSERT INTO recommendations.companions
      SELECT gen_random_uuid(), gen_random_uuid(), n FROM generate_series(1, 2000) AS n`);
    await asOwner('ANALYZE recommendations.companions');

    const plan: object[] = await database.dataSource.query(`EXPLAIN ${COMPANIONS_OF.text}`, [
      '00000000-0000-8000-8000-00000000000a',
      20,
    ]);

    expect(JSON.stringify(plan)).toContain('companions_order_idx');
    expect(JSON.stringify(plan)).not.toContain('Sort');
  });

  describe('the schema', () => {
    it('is what the rows say it is', async () => {
      expect(await schemaDrift(database.dataSource)).toEqual([]);
    });

    it('goes, and comes back, by its migrations', async () => {
      const migrations = [
        new CreateCompanions1795381200000(),
        new RememberProductsOfPurchases1795702000000(),
        new IndexPurchasesByAge1795704000000(),
      ];
      await withMigrationRunner(database, async (runner) => {
        for (const migration of migrations.toReversed()) await migration.down(runner);
        for (const migration of migrations) await migration.up(runner);
      });

      expect(await schemaDrift(database.dataSource)).toEqual([]);
    });
  });
});
