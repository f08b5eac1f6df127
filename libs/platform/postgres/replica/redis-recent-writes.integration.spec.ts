import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Redis } from '#platform/redis';
import { answering, aRedis, describeWith, REDIS_SERVER, RedisServer } from '#platform/testing';
import { recentWritesContract } from '../testing/recent-writes.contract.js';
import { RedisRecentWrites } from './redis-recent-writes.js';

const LONG_MS = 60_000;
/** Nothing here is about a Redis that is slow, and a busy machine is. */
const PATIENT = { REDIS_COMMAND_TIMEOUT_MS: '5000' };

describeWith(REDIS_SERVER, 'RedisRecentWrites', () => {
  let server: RedisServer;
  let here: Redis;
  let there: Redis;
  beforeAll(async () => {
    server = await RedisServer.start();
    [here, there] = [aRedis(server.url, PATIENT), aRedis(server.url, PATIENT)];
    await Promise.all([answering(here), answering(there)]);
  });
  afterAll(async () => {
    here.onApplicationShutdown();
    there.onApplicationShutdown();
    await server.stop();
  });

  recentWritesContract(async () => new RedisRecentWrites(here));

  it('is known to every replica of the service', async () => {
    const key = crypto.randomUUID();
    await new RedisRecentWrites(here).remember([key], 0xffffn, LONG_MS);
    await new RedisRecentWrites(there).remember([key], 0x1_0000n, LONG_MS);

    expect(await new RedisRecentWrites(here).latest([key])).toBe(0x1_0000n);
  });

  it.each<[string, (key: string) => Promise<unknown>]>([
    ['of another type', (key) => here.call('foreign', (client) => client.lPush(key, 'item'))],
    ['a text of another length', (key) => here.call('foreign', (client) => client.set(key, 'zzzz'))],
  ])('takes what is %s for nothing, and writes over it', async (_what, plant) => {
    const [key, writes] = [crypto.randomUUID(), new RedisRecentWrites(here)];
    await plant(here.key('recent-writes', key));
    expect(await writes.latest([key])).toBeNull();
    await writes.remember([key], 7n, LONG_MS);

    expect(await new RedisRecentWrites(there).latest([key])).toBe(7n);
  });

  it('is forgotten by Redis when its time is over', async () => {
    const key = crypto.randomUUID();
    await new RedisRecentWrites(here).remember([key], 7n, LONG_MS);
    await new RedisRecentWrites(here).remember([key], 8n, 10); // a shorter time takes nothing from a longer one

    const leftMs = await here.call('ttl', (client) => client.pTTL(here.key('recent-writes', key)));
    expect(leftMs).toBeGreaterThan(LONG_MS / 2);
    expect(leftMs).toBeLessThanOrEqual(LONG_MS);
  });

  it('is known to the replica that wrote while Redis is away, which tells that it could not tell the others', async () => {
    const away = aRedis((await RedisServer.absent()).url);
    const [key, writes] = [crypto.randomUUID(), new RedisRecentWrites(away)];

    await expect(writes.remember([key], 7n, LONG_MS)).rejects.toMatchObject({
      code: 'platform.dependency-unavailable',
    });
    expect(await writes.latest([key])).toBe(7n);
    expect(await writes.latest([crypto.randomUUID()])).toBeNull();
    away.onApplicationShutdown();
  });
});
