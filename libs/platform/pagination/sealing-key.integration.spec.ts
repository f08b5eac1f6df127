import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestDatabase, withConnection, type TestDatabase } from '#platform/testing';
import { PostgresSealingKey } from './postgres-sealing-key.js';
import { RandomSealingKey } from './random-sealing-key.js';

describe('the key that seals cursors', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  it('is the same in every replica of one database', async () => {
    const [one, other] = [new PostgresSealingKey(database.postgres), new PostgresSealingKey(database.postgres)];

    expect(await one.get()).toEqual(await other.get());
    expect(await one.get()).toHaveLength(32);
  });

  it('is drawn anew for each database', async () => {
    const elsewhere = await createTestDatabase();

    expect(await new PostgresSealingKey(elsewhere.postgres).get()).not.toEqual(
      await new PostgresSealingKey(database.postgres).get(),
    );
    await elsewhere.drop();
  });

  it('is asked for again after a failure, and says what is missing', async () => {
    const key = new PostgresSealingKey(database.postgres);
    const [{ saved }] = (
      await withConnection(database.url, (client) =>
        client.query<{ saved: Buffer }>('DELETE FROM platform.sealing_keys RETURNING key AS saved'),
      )
    ).rows as [{ saved: Buffer }];

    await expect(key.get()).rejects.toThrow('platform.sealing_keys is empty');
    await withConnection(database.url, (client) =>
      client.query('INSERT INTO platform.sealing_keys (id, key) VALUES (1, $1)', [saved]),
    );
    expect(await key.get()).toEqual(saved);
  });

  it('is a new one in each process without a database', async () => {
    expect(await new RandomSealingKey().get()).not.toEqual(await new RandomSealingKey().get());
  });
});
