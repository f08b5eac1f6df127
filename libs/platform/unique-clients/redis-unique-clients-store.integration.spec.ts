import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { SettableClock } from '#kernel/testing/settable-clock';
import type { Redis } from '#platform/redis';
import { answering, aRedis, describeWith, REDIS_SERVER, RedisServer } from '#platform/testing';
import { MemoryUniqueClientsStore } from './memory-unique-clients-store.js';
import { MISSED_MAX, RedisUniqueClientsStore } from './redis-unique-clients-store.js';
import { addresses, uniqueClientsStoreContract } from './testing/unique-clients-store.contract.js';

// Each outage here is told of, and wanted.
Logger.overrideLogger(false);

describeWith(REDIS_SERVER, 'RedisUniqueClientsStore', () => {
  let server: RedisServer;
  let redis: Redis;
  let clock: SettableClock;
  beforeEach(async () => {
    server = await RedisServer.start();
    redis = aRedis(server.url, { REDIS_COMMAND_TIMEOUT_MS: '5000' });
    clock = new SettableClock();
    await answering(redis);
  });
  afterEach(async () => {
    redis.onApplicationShutdown();
    await server.stop();
  });

  const aReplica = () => new RedisUniqueClientsStore(redis, new MemoryUniqueClientsStore(clock), clock);
  const outage = async (meanwhile: () => Promise<void>): Promise<void> => {
    await server.stop();
    await meanwhile();
    await server.restart();
    await answering(redis);
  };
  const keys = () => redis.call('test.keys', (client) => client.keys('*'));

  describe('as every store', () => {
    uniqueClientsStoreContract(async () => ({
      store: aReplica(),
      passSeconds: (seconds) => clock.passSeconds(seconds),
    }));

    /** Else the replica's own memory would keep the contract for it. */
    afterEach(async () => {
      await aReplica().add(['192.0.2.1']);
      expect(await keys()).toContain(`mainstay:{unique-clients}:day:${Math.floor(clock.now().getTime() / 3_600_000)}`);
    });
  });

  it('counts a client of several replicas once, and each replica says the same', async () => {
    const replicas = [aReplica(), aReplica(), aReplica()];
    await replicas[0]?.add(addresses(6_000));
    await replicas[1]?.add(addresses(6_000, 4_000));

    const [first, ...others] = await Promise.all(replicas.map((replica) => replica.counts()));

    expect(Math.abs((first?.minute ?? 0) - 10_000)).toBeLessThan(200);
    expect(first?.day).toBe(first?.minute);
    expect(others).toEqual([first, first]);
  });

  it('holds a fixed amount of memory and no address, and all of it has an end', async () => {
    const replica = aReplica();
    for (let hour = 0; hour < 30; hour += 1) {
      await replica.add(addresses(3_000));
      clock.passSeconds(3_600);
    }

    const all = await keys();
    expect(all).toHaveLength(60); // here time passes for us alone: Redis has forgotten none of them yet
    for (const key of all) {
      const [leftMs, value = ''] = await redis.call('test.look', (client) =>
        Promise.all([client.pTTL(key).then(Number), client.get(key).then((text) => text ?? '')]),
      );
      const retainedMs = key.includes(':day:') ? 26 * 3_600_000 : 80_000;
      expect(leftMs).toBeGreaterThan(retainedMs - 60_000);
      expect(leftMs).toBeLessThanOrEqual(retainedMs);
      expect(value).toMatch(/^HYLL/);
      expect(value).not.toContain('10.0.');
      expect(value.length).toBeLessThan(13_000);
    }
  });

  it('tells what its own replica has seen while Redis is away', async () => {
    const [one, other] = [aReplica(), aReplica()];
    await one.add(addresses(100));
    await other.add(addresses(50, 1_000));

    await outage(async () => {
      await one.add(addresses(20, 2_000));
      expect(await one.counts()).toEqual({ minute: 120, day: 120 });
      expect(await other.counts()).toEqual({ minute: 50, day: 50 });
    });
  });

  it('tells Redis later of the clients that it missed: they count for the day, once, and for no minute', async () => {
    const [one, other] = [aReplica(), aReplica()];
    await outage(async () => {
      for (let n = 0; n < 5; n += 1) await one.add(addresses(40));
      clock.passSeconds(600);
    });

    await one.add(addresses(1, 1_000));

    expect(await other.counts()).toEqual({ minute: 1, day: 41 });
    clock.passSeconds(3_600);
    await one.add([]);
    expect(await other.counts()).toEqual({ minute: 0, day: 41 });
  });

  it('is told of them also when nobody comes any more', async () => {
    const [one, other] = [aReplica(), aReplica()];
    await outage(() => one.add(addresses(40)));

    await one.add([]);

    expect(await other.counts()).toEqual({ minute: 0, day: 40 });
  });

  it('holds no more missed clients than it may', async () => {
    const [one, other] = [aReplica(), aReplica()];
    await outage(async () => {
      for (let n = 0; n < 4; n += 1) await one.add(addresses(10_000, n * 10_000));
    });

    await one.add([]);

    const { day } = await other.counts();
    expect(Math.abs(day - MISSED_MAX) / MISSED_MAX).toBeLessThan(0.02);
  });

  it.each(['minute', 'day'])('goes on with its own where a key of the %s is something else', async (name) => {
    const replica = aReplica();
    await replica.add(addresses(5));
    const [key = ''] = (await keys()).filter((found) => found.includes(`:${name}:`));
    await redis.call('test.spoil', (client) => client.multi().del(key).rPush(key, 'x').exec());

    await replica.add(addresses(5, 5));

    expect(await replica.counts()).toEqual({ minute: 10, day: 10 });
    expect(await redis.call('test.look', (client) => client.pTTL(key))).toBeGreaterThan(0);
  });
});

describeWith(REDIS_SERVER, 'the count of clients by a Redis that is stopped', () => {
  it('is waited for within the bound', async () => {
    const server = await RedisServer.start();
    const redis = aRedis(server.url, { REDIS_COMMAND_TIMEOUT_MS: '50' });
    const clock = new SettableClock();
    await answering(redis);
    const replica = new RedisUniqueClientsStore(redis, new MemoryUniqueClientsStore(clock), clock);
    server.pause();

    const startedAtMs = performance.now();
    await replica.add(addresses(3));
    expect(await replica.counts()).toEqual({ minute: 3, day: 3 });

    expect(performance.now() - startedAtMs).toBeLessThan(1_500);
    redis.onApplicationShutdown();
    await server.stop();
  });
});
