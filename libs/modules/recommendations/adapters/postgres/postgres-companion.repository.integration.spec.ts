import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  createTestDatabase,
  schemaDrift,
  type TestDatabase,
  withConnection,
  withMigrationRunner,
} from '#platform/testing';
import { companionRepositoryContract } from '../../testing/companion.repository.contract.js';
import { CompanionRow } from './companion.row.js';
import { CreateCompanions1795381200000 } from './migrations/1795381200000-create-companions.js';
import { COMPANIONS_OF } from './companion.statements.js';
import { PostgresCompanionRepository } from './postgres-companion.repository.js';
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

  companionRepositoryContract(async () => {
    await asOwner('TRUNCATE recommendations.companions, recommendations.purchases');
    return new PostgresCompanionRepository(database.postgres);
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

    it('goes, and comes back, by its migration', async () => {
      const migration = new CreateCompanions1795381200000();
      await withMigrationRunner(database, async (runner) => {
        await runner.startTransaction();
        await migration.down(runner);
        await migration.up(runner);
        await runner.commitTransaction();
      });

      expect(await schemaDrift(database.dataSource)).toEqual([]);
    });
  });
});
