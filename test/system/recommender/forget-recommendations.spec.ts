import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type EmptyDatabase, withConnection } from '#platform/testing';
import { runEntry } from '../support/run-entry.js';
import { serviceDatabase } from '../support/store-database.js';

describe.each(['store', 'recommender'] as const)('forgetting the recommendations of the %s', (service) => {
  let database: EmptyDatabase;
  beforeAll(async () => {
    database = await serviceDatabase(service, { seeded: true });
  });
  afterAll(() => database.drop());

  const forget = () => runEntry('forget-recommendations', database, { service });
  const counts = async (): Promise<unknown> =>
    withConnection(database.url, async (admin) => {
      const { rows } = await admin.query<object>(
        'SELECT count(*)::int AS pairs, sum(purchases)::int AS purchases FROM recommendations.companions',
      );
      return rows[0];
    });

  it('leaves nothing, as the role of the service, and the seed puts back exactly what it had put', async () => {
    const before = await counts();

    const told = await forget();
    expect(told).toMatch(/^forgot 4000 purchases and 0 events\n/);
    expect(told).toContain('replay --sent --type orders.order-cancelled');
    expect(await counts()).toEqual({ pairs: 0, purchases: null });

    expect(await runEntry('seed', database, { service })).toContain('recommendations: 4000 past purchases (4000 new)');
    expect(await counts()).toEqual(before);
  });

  it('finds nothing the second time, and that is no error', async () => {
    await forget();

    expect(await forget()).toMatch(/^forgot 0 purchases and 0 events\n/);
  });
});
