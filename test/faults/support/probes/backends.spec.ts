import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { SLACK_MS, createEmptyDatabase } from '#platform/testing';
import { BackendWatch, busyBackends, terminateBackends } from './backends.js';

const APPLICATION = 'probed';

describe('the probe of backends', () => {
  let database: Awaited<ReturnType<typeof createEmptyDatabase>>;
  let client: pg.Client;

  beforeEach(async () => {
    database = await createEmptyDatabase();
    client = new pg.Client({ connectionString: database.url, application_name: APPLICATION });
    client.on('error', () => undefined);
    await client.connect();
  });

  afterEach(async () => {
    await client.end();
    await database.drop();
  });

  const seen = async (): Promise<void> => {
    while ((await busyBackends(database.url, APPLICATION)).length === 0);
  };

  it('sees nothing in a session that waits for its client', async () => {
    expect(await busyBackends(database.url, APPLICATION)).toEqual([]);
  });

  it('sees a statement at work, and how old it is', async () => {
    const ended = expect(client.query('SELECT pg_sleep(20)')).rejects.toMatchObject({ code: '57P01' });
    await seen();

    expect(await busyBackends(database.url, APPLICATION)).toEqual([
      expect.objectContaining({ state: 'active', waitsFor: 'Timeout', query: 'SELECT pg_sleep(20)' }),
    ]);
    await terminateBackends(database.url, APPLICATION);
    await ended;
  });

  it('sees a transaction that was left open', async () => {
    await client.query('BEGIN');

    expect(await busyBackends(database.url, APPLICATION)).toMatchObject([{ state: 'idle in transaction' }]);
  });

  it('ends sessions, and says how many', async () => {
    const ended = expect(client.query('SELECT pg_sleep(20)')).rejects.toMatchObject({ code: '57P01' });

    expect(await terminateBackends(database.url, APPLICATION)).toBe(1);
    await ended;
  });

  describe('that watches', () => {
    let watch: BackendWatch;
    beforeEach(async () => {
      watch = await BackendWatch.on(database.url, APPLICATION);
    });
    afterEach(() => watch.stop());

    it('keeps the age of the oldest statement', async () => {
      await client.query('SELECT pg_sleep(0.2)');

      expect(watch.oldestMs).toBeGreaterThan(100);
      expect(watch.oldestMs).toBeLessThan(200 + SLACK_MS);
    });

    it('waits until all is quiet', async () => {
      const sleeping = client.query('SELECT pg_sleep(0.1)');
      await seen();

      expect(await watch.quiet(2_000)).toBeLessThan(1_000);
      await sleeping;
    });

    it('waits until so many wait for locks', async () => {
      await client.query('SELECT pg_advisory_lock(1)');
      const other = new pg.Client({ connectionString: database.url, application_name: APPLICATION });
      await other.connect();
      const waiting = other.query('SELECT pg_advisory_lock(1)');

      await watch.blocked(1);
      await expect(watch.blocked(2, 50)).rejects.toThrow('Not 2 wait for locks');

      await client.query('SELECT pg_advisory_unlock(1)');
      await waiting;
      await other.end();
    });

    it('names who is busy for too long', async () => {
      const sleeping = client.query('SELECT pg_sleep(0.3)');
      await seen();

      await expect(watch.quiet(50)).rejects.toThrow('pg_sleep(0.3)');
      await sleeping;
    });
  });
});
