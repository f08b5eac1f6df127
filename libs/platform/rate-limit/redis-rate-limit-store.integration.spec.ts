import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import type { Redis } from '#platform/redis';
import { answering, aRedis, describeWith, REDIS_SERVER, RedisServer, SLACK_MS } from '#platform/testing';
import type { NamedLimit } from './rate-limit-store.js';
import { rateLimitStoreContract } from './testing/rate-limit-store.contract.js';
import { aRedisRateLimitStore, passSecondsIn } from './testing/redis-rate-limits.scene.js';

// Each outage here is told of, and wanted.
Logger.overrideLogger(false);

/** Where Redis is well, a busy machine must not make it look otherwise. */
const PATIENT = { REDIS_COMMAND_TIMEOUT_MS: '5000' };
const COMMAND_TIMEOUT_MS = 100;
const LIMIT: NamedLimit = { name: 'default', max: 3, windowSeconds: 60 };

describeWith(REDIS_SERVER, 'RedisRateLimitStore', () => {
  let server: RedisServer;
  let redis: Redis;
  beforeAll(async () => {
    server = await RedisServer.start();
    redis = aRedis(server.url, PATIENT);
    await answering(redis);
  });
  beforeEach(() => redis.call('test.clear', (client) => client.flushAll()));
  afterAll(async () => {
    redis.onApplicationShutdown();
    await server.stop();
  });

  describe('as every store', () => {
    let replica: ReturnType<typeof aRedisRateLimitStore>;
    // Else the memory that it falls back to would keep the contract for it.
    afterEach(async () => expect(await replica.fallbacks()).toBe(0));

    rateLimitStoreContract(
      async () => {
        replica = aRedisRateLimitStore(redis);
        return { store: replica.store, passSeconds: (seconds) => passSecondsIn(redis, seconds) };
      },
      { toleranceMs: SLACK_MS },
    );
  });

  const keys = () => redis.call('test.keys', (client) => client.keys('*'));
  const theKey = async (): Promise<string> => {
    const [key, ...more] = await keys();
    if (key === undefined || more.length > 0) throw new Error('There is not one key.');
    return key;
  };
  const timesToLive = () =>
    keys().then((all) =>
      redis.call('test.ttl', (client) => Promise.all(all.map((key) => client.pTTL(key).then(Number)))),
    );

  it('lets in exactly as many of three replicas that all ask at once', async () => {
    const clients = [redis, aRedis(server.url, PATIENT), aRedis(server.url, PATIENT)];
    await Promise.all(clients.map((client) => answering(client)));
    const replicas = clients.map(aRedisRateLimitStore);
    const limit = { ...LIMIT, max: 500 };

    const quotas = await Promise.all(
      Array.from({ length: 400 }, () => replicas.map(({ store }) => store.take('caller', [limit]))).flat(),
    );
    const admitted = quotas.flat().filter(({ exceeded }) => !exceeded);

    expect(quotas).toHaveLength(1_200);
    expect(admitted.map(({ remaining }) => remaining).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 500 }, (_, n) => n),
    );
    expect(await Promise.all(replicas.map(({ fallbacks }) => fallbacks()))).toEqual([0, 0, 0]);
    for (const client of clients.slice(1)) client.onApplicationShutdown();
  });

  it('ends a window by itself when its time is over', async () => {
    const { store } = aRedisRateLimitStore(redis);
    const limit = { ...LIMIT, max: 1, windowSeconds: 1 };
    const startedAtMs = performance.now();
    await store.take('caller', [limit]);
    const begunAtMs = performance.now();

    while ((await store.take('caller', [limit]))[0]?.exceeded);

    expect(performance.now() - startedAtMs).toBeGreaterThan(990);
    expect(performance.now() - begunAtMs).toBeLessThan(1_000 + SLACK_MS);
  });

  it('tells Redis of no caller, and holds no key without an end', async () => {
    const { store } = aRedisRateLimitStore(redis);
    const callers = ['user:auth0|5f7c', 'address:192.0.2.1', `user:${'k'.repeat(4_000)}`];
    for (const caller of callers) await store.take(caller, [{ ...LIMIT, name: 'searches', windowSeconds: 30 }, LIMIT]);

    const all = await keys();
    expect(all).toHaveLength(6);
    for (const key of all) expect(key).toMatch(/^mainstay:rate-limit:\{[\w-]{22}\}:(?:searches:30|default:60)$/);
    for (const leftMs of await timesToLive()) expect(leftMs).toBeGreaterThan(0);
  });

  it.each<[string, (key: string) => Promise<unknown>]>([
    ['has no end', (key) => redis.call('test.spoil', (client) => client.persist(key))],
    ['ends too late', (key) => redis.call('test.spoil', (client) => client.pExpire(key, 90_000))],
    [
      'is a list',
      (key) => redis.call('test.spoil', (client) => client.multi().del(key).rPush(key, 'x').pExpire(key, 9_000).exec()),
    ],
    ...['', 'text', '-1', '1.5', '0x1', '1e9', 'nan', '9'.repeat(400)].map(
      (value): [string, (key: string) => Promise<unknown>] => [
        `holds ${JSON.stringify(value).slice(0, 9)}`,
        (key) =>
          redis.call('test.spoil', (client) => client.set(key, value, { expiration: { type: 'PX', value: 9_000 } })),
      ],
    ),
  ])('begins a new window where a key %s', async (_what, spoil) => {
    const { store, fallbacks } = aRedisRateLimitStore(redis);
    for (let n = 0; n < LIMIT.max; n += 1) await store.take('caller', [LIMIT]);
    await spoil(await theKey());

    expect(await store.peek('caller', LIMIT)).toEqual({ remaining: 3, resetMs: 60_000, exceeded: false });
    expect(await store.take('caller', [LIMIT])).toEqual([{ remaining: 2, resetMs: 60_000, exceeded: false }]);
    expect(await store.take('caller', [LIMIT])).toMatchObject([{ remaining: 1, exceeded: false }]);
    const [leftMs = 0] = await timesToLive();
    expect(leftMs).toBeGreaterThan(60_000 - 10_000);
    expect(leftMs).toBeLessThanOrEqual(60_000);
    expect(await fallbacks()).toBe(0);
  });

  it('does not mind that Redis forgets its script', async () => {
    const { store, fallbacks } = aRedisRateLimitStore(redis);
    await store.take('caller', [LIMIT]);

    await redis.call('test.forget', (client) => client.scriptFlush());

    expect(await store.take('caller', [LIMIT])).toMatchObject([{ remaining: 1 }]);
    expect(await fallbacks()).toBe(0);
  });
});

describeWith(REDIS_SERVER, 'the rate limits of a replica whose Redis', () => {
  let server: RedisServer;
  let redis: Redis;
  /** For what is no part of what is measured. */
  let patient: Redis;
  let replica: ReturnType<typeof aRedisRateLimitStore>;
  const start = async (options: readonly string[] = []): Promise<void> => {
    server = await RedisServer.start(options);
    redis = aRedis(server.url, { REDIS_COMMAND_TIMEOUT_MS: String(COMMAND_TIMEOUT_MS) });
    patient = aRedis(server.url, PATIENT);
    await Promise.all([answering(redis), answering(patient)]);
    replica = aRedisRateLimitStore(redis);
  };
  afterEach(async () => {
    redis.onApplicationShutdown();
    patient.onApplicationShutdown();
    await server.stop();
  });
  const take = (caller = 'caller') => replica.store.take(caller, [LIMIT]);
  const fill = () => patient.call('test.fill', (client) => client.configSet('maxmemory', '1'));

  it.each<[string, () => unknown]>([
    ['is gone', () => server.stop()],
    ['is stopped', () => server.pause()],
    ['is a replica of another', () => patient.call('test.demote', (client) => client.replicaOf('127.0.0.1', 1))],
    ['has no room', () => fill()],
    [
      'runs no scripts for it',
      () => patient.call('test.rename', (client) => client.sendCommand(['ACL', 'SETUSER', 'default', '-@scripting'])),
    ],
  ])('%s are its own', async (_what, takeAway) => {
    await start();
    await aRedisRateLimitStore(patient).store.take('caller', [LIMIT]);
    await takeAway();

    expect(await take()).toMatchObject([{ remaining: 2, exceeded: false }]);
    expect(await take()).toMatchObject([{ remaining: 1, exceeded: false }]);
    expect(await take()).toMatchObject([{ remaining: 0, exceeded: false }]);
    expect(await take()).toMatchObject([{ remaining: 0, exceeded: true }]);
    expect(await replica.store.peek('caller', LIMIT)).toMatchObject({ exceeded: true });
    expect(await replica.store.peek('another', LIMIT)).toMatchObject({ exceeded: false });
    expect(await replica.fallbacks()).toBe(4);
  });

  it('takes no writes any more do not count what Redis has counted', async () => {
    await start();
    const { store } = aRedisRateLimitStore(patient);
    await store.take('caller', [LIMIT]);
    await fill();

    expect(await store.take('caller', [LIMIT])).toMatchObject([{ remaining: 2, exceeded: false }]);
  });

  it('is stopped are waited for within the bound, and soon not at all', async () => {
    await start();
    server.pause();

    const startedAtMs = performance.now();
    await Promise.all(Array.from({ length: 30 }, (_, n) => take(`caller-${n}`)));
    expect(performance.now() - startedAtMs).toBeLessThan(COMMAND_TIMEOUT_MS + SLACK_MS);

    const askedAtMs = performance.now();
    for (let n = 0; n < 10; n += 1) await take();
    expect(performance.now() - askedAtMs).toBeLessThan(COMMAND_TIMEOUT_MS + SLACK_MS);
  });

  it('was started again are shared again, from nothing', async () => {
    await start();
    for (let n = 0; n < 4; n += 1) await take();
    await server.stop();
    await take();
    await server.restart();
    await answering(redis);

    const before = await replica.fallbacks();
    expect(await take()).toMatchObject([{ remaining: 2 }]);
    expect(await replica.fallbacks()).toBe(before);
  });
});
