import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { migrationStatus, runMigrations } from '#platform/postgres';
import { createEmptyDatabase, databaseSettings, type EmptyDatabase, withConnection } from '#platform/testing';
import { carryOut } from '../file-changes/carry-out.ts';
import { removalOf } from './removal.ts';
import { removalRequestIn } from './request.ts';
import { RETIRED } from './retirement.ts';
import { schemaDropOf } from './schema-drop.ts';
import { SmallCheckout } from './testing/small-checkout.ts';

const NOW_MS = 1_796_000_000_000;
const OF_MODULE = 'libs/modules/reviews/adapters/postgres/migrations';

describe('a database of a module that is gone', () => {
  /** Three releases: with the module, without it, and without its schema. */
  let releases: readonly { readonly checkout: SmallCheckout; readonly migrations: string }[];
  let database: EmptyDatabase;

  beforeEach(async () => {
    const [first, second, third] = [1, 2, 3].map(() => SmallCheckout.withReviews({ committed: true }));
    if (!first || !second || !third) throw new Error('three were made');
    for (const checkout of [second, third]) {
      await carryOut(checkout.path, (await removalOf(checkout.path, removalRequestIn(['reviews']), NOW_MS)).changes);
      checkout.commit();
    }
    await carryOut(third.path, (await schemaDropOf(third.path, 'reviews', NOW_MS + 10)).changes);
    releases = [
      { checkout: first, migrations: join(first.path, OF_MODULE) },
      { checkout: second, migrations: join(second.path, RETIRED) },
      { checkout: third, migrations: join(third.path, RETIRED) },
    ];
    database = await createEmptyDatabase();
  });
  afterEach(async () => {
    await database.drop();
    for (const { checkout } of releases) checkout.remove();
  });

  const folders = (release: number): string[] =>
    releases.slice(release - 1, release).map(({ migrations }) => migrations);
  const settings = () => databaseSettings(database.serviceUrl, { DATABASE_MIGRATOR_URL: database.migratorUrl });
  const migrate = (release: number) => runMigrations(settings(), () => undefined, folders(release));
  const stateFor = async (release: number) => (await migrationStatus(settings(), folders(release))).state;
  const rows = () =>
    withConnection(database.serviceUrl, async (service) => {
      const { rows: found } = await service.query<{ id: number }>('SELECT id FROM reviews.reviews');
      return found;
    });
  const tables = () =>
    withConnection(database.url, async (admin) => {
      const { rows } = await admin.query<{ gone: boolean }>("SELECT to_regclass('reviews.reviews') IS NULL AS gone");
      return rows[0]?.gone ? 'gone' : 'there';
    });

  it('keeps its rows, and both releases serve on it, until the schema is dropped', async () => {
    await migrate(1);
    await withConnection(database.migratorUrl, (owner) => owner.query('INSERT INTO reviews.reviews VALUES (7)'));

    expect(await migrate(2)).toEqual(['RetireReviews1796000000000']);

    expect([await stateFor(1), await stateFor(2)]).toEqual(['ahead', 'current']);
    expect(await rows()).toEqual([{ id: 7 }]);
  });

  it('shuts out the code that has the module, and nobody else, when the schema is dropped', async () => {
    await migrate(1);
    await migrate(2);

    expect(await migrate(3)).toEqual(['DropReviews1796000000010']);

    expect(await tables()).toBe('gone');
    expect([await stateFor(1), await stateFor(2), await stateFor(3)]).toEqual(['unknown', 'ahead', 'current']);
  });

  it('has the same history when it is new', async () => {
    expect(await migrate(3)).toEqual([
      'CreateReviews1795000000001',
      'RetireReviews1796000000000',
      'DropReviews1796000000010',
    ]);
    expect(await tables()).toBe('gone');
  });
});
