import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Redis } from '#platform/redis';
import { answering, aRedis, describeWith, REDIS_SERVER, RedisServer } from '#platform/testing';
import { cacheContract } from '../testing/cache.contract.js';
import { manyReadsContract } from '../testing/many-reads.contract.js';
import { cacheTierContract } from '../testing/cache-tier.contract.js';
import { Replica } from '../testing/note.cache.js';
import { RedisCacheTier } from './redis-cache-tier.js';

/** A machine that does something else for a tenth of a second is not the subject. */
const PATIENT = { REDIS_COMMAND_TIMEOUT_MS: '5000' };

describeWith(REDIS_SERVER, 'RedisCacheTier', () => {
  let server: RedisServer;
  let redis: Redis;
  let redisThere: Redis;
  beforeAll(async () => {
    server = await RedisServer.start();
    [redis, redisThere] = [aRedis(server.url, PATIENT), aRedis(server.url, PATIENT)];
    await Promise.all([answering(redis), answering(redisThere)]);
  });
  afterAll(async () => {
    redis.onApplicationShutdown();
    redisThere.onApplicationShutdown();
    await server.stop();
  });

  cacheTierContract(() => new RedisCacheTier(redis));

  describe('a cache in it', () => {
    const replicas = (): [RedisCacheTier, RedisCacheTier] => [
      new RedisCacheTier(redis),
      new RedisCacheTier(redisThere),
    ];
    cacheContract(replicas);
    manyReadsContract(replicas);
  });

  it.each<[string, (key: string) => Promise<unknown>]>([
    ['no JSON', (key) => redis.call('foreign', (client) => client.set(key, 'not { json'))],
    ['of another type', (key) => redis.call('foreign', (client) => client.lPush(key, 'item'))],
    ['empty', (key) => redis.call('foreign', (client) => client.set(key, ''))],
    ['null', (key) => redis.call('foreign', (client) => client.set(key, 'null'))],
  ])('takes what is %s for nothing, and writes over it', async (_what, plant) => {
    const tier = new RedisCacheTier(redis);
    const key = crypto.randomUUID();
    await plant(key);

    expect(await tier.read([key])).toEqual([undefined]);
    await tier.write([key], 'value', 60_000);
    expect(await tier.read([key])).toEqual(['value']);
  });

  it('keeps nothing of a thing that does not exist for longer than its absence is remembered', async () => {
    const notes = new Replica(new RedisCacheTier(redis)).notes('absences');
    await notes.through('none', { ttlSeconds: 3_600, staleSeconds: 3_600 }, async () => null);

    const keys = await redis.call('keys', (client) => client.keys('absences:*'));
    const lives = await Promise.all(keys.map((key) => redis.call('life', (client) => client.pTTL(key))));
    expect(keys).not.toEqual([]);
    expect(Math.max(...lives)).toBeLessThanOrEqual(10_000);
    expect(Math.min(...lives.filter((life) => life !== -2))).toBeGreaterThan(0);
  });

  it('fails when Redis does: it does not call everything absent', async () => {
    const absent = aRedis((await RedisServer.absent()).url);
    const tier = new RedisCacheTier(absent);

    await expect(tier.read(['key'])).rejects.toMatchObject({ code: 'platform.dependency-unavailable' });
    await expect(tier.write(['key'], 1, 1_000)).rejects.toMatchObject({ code: 'platform.dependency-unavailable' });
    await expect(tier.claim('key', 1, 1_000)).rejects.toMatchObject({ code: 'platform.dependency-unavailable' });
    const [thing, hold] = [
      { generation: 'g', holders: 'h' },
      { id: 'a', mark: '!', ttlMs: 1_000 },
    ];
    await expect(tier.hold([thing], hold)).rejects.toMatchObject({ code: 'platform.dependency-unavailable' });
    await expect(tier.release([thing], hold)).rejects.toMatchObject({ code: 'platform.dependency-unavailable' });
    await expect(tier.remove(['key'])).rejects.toMatchObject({ code: 'platform.dependency-unavailable' });
    absent.onApplicationShutdown();
  });
});
