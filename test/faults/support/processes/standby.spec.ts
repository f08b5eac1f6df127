import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { withConnection } from '#platform/testing';
import { pollUntil } from '../../../../tools/process/wait.ts';
import { PostgresServer } from './postgres-server.js';

const REPLAY_TIMEOUT_MS = 5_000;

describe('a streaming replica of a Postgres of a suite', () => {
  let primary: PostgresServer;
  let replica: PostgresServer;

  beforeAll(async () => {
    primary = await PostgresServer.start();
    await withConnection(primary.url, (client) => client.query('CREATE TABLE words AS SELECT 1 AS number'));
    replica = await primary.replica();
  });
  afterAll(async () => {
    await replica.stop();
    await primary.stop();
  });

  const sum = (server: PostgresServer): Promise<number> =>
    withConnection(server.url, async (client) => {
      const { rows } = await client.query<{ sum: number }>('SELECT sum(number)::int AS sum FROM words');
      return rows[0]?.sum ?? 0;
    });
  const add = (number: number) =>
    withConnection(primary.url, (client) => client.query('INSERT INTO words VALUES ($1)', [number]));
  const replicaShows = async (expected: number): Promise<void> => {
    const shown = async (): Promise<true | null> => ((await sum(replica)) === expected ? true : null);
    expect(await pollUntil(shown, { timeoutMs: REPLAY_TIMEOUT_MS })).toBe(true);
  };

  it('repeats what the primary has, takes no writes, and knows the roles', async () => {
    await add(2);
    await replicaShows(3);

    const write = withConnection(replica.url, (client) => client.query('INSERT INTO words VALUES (9)'));
    await expect(write).rejects.toMatchObject({ code: '25006' });
    await withConnection(replica.serviceUrl, (client) => client.query('SELECT pg_last_wal_replay_lsn()'));
  });

  it('is killed and comes back, with what was written meanwhile', async () => {
    await replica.kill();
    await add(4);
    await replica.restart();

    await replicaShows(7);
  });

  it('falls silent, and goes on', async () => {
    await replica.pause();
    await add(8);
    replica.resume();

    await replicaShows(15);
  });
});
