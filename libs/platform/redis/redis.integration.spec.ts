import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { Deadline } from '#platform/deadline';
import { currentRequest, newRequestContext, runInRequest } from '#platform/context';
import { DependencyFailure, DependencyTimeout, DependencyUnavailable } from '#platform/resilience';
import { answering, aRedis, describeWith, REDIS_SERVER, RedisServer, SLACK_MS, TcpProxy } from '#platform/testing';
import type { RedisClient } from './redis-client.js';
import { RedisHealth } from './redis-health.js';
import type { Redis } from './redis.js';

const COMMAND_TIMEOUT_MS = 100;
const PING = (client: RedisClient) => client.ping();
/** Keeps the server from answering anybody for so many milliseconds. */
const BUSY = `
  local function nowMs() local time = redis.call('TIME') return time[1] * 1000 + time[2] / 1000 end
  local ends = nowMs() + ARGV[1]
  while nowMs() < ends do end
  return 1`;

describeWith(REDIS_SERVER, 'Redis', () => {
  let server: RedisServer;
  let proxy: TcpProxy;
  let redis: Redis;
  beforeEach(async () => {
    server = await RedisServer.start();
    proxy = await TcpProxy.opened(server.url);
    redis = aRedis(proxy.url, { REDIS_COMMAND_TIMEOUT_MS: String(COMMAND_TIMEOUT_MS) });
    await answering(redis);
  });
  afterEach(async () => {
    redis.onApplicationShutdown();
    await proxy.close();
    await server.stop();
  });

  it('answers', async () => {
    await redis.call('write', (client) => client.set('key', 'value'));

    expect(await redis.call('read', (client) => client.get('key'))).toBe('value');
    expect(await new RedisHealth(redis).details()).toEqual({ status: 'up', latencyMs: expect.any(Number) });
  });

  it('passes on the refusal of one command, and thinks no worse of Redis', async () => {
    await redis.call('write', (client) => client.set('key', 'text'));

    for (let n = 0; n < 20; n += 1) {
      const refused = redis.call('read', (client) => client.lRange('key', 0, 1));
      await expect(refused).rejects.toMatchObject({ kind: 'rejected', message: expect.stringMatching(/^WRONGTYPE/) });
      await expect(refused).rejects.toBeInstanceOf(DependencyFailure);
    }

    expect(await redis.call('ping', PING)).toBe('PONG');
  });

  it.each([
    ['stopped', () => server.pause()],
    ['black-holed', () => proxy.freeze()],
  ])('is waited for no longer than the bound when it is %s, and soon not at all', async (_state, stop) => {
    stop();

    const startedAtMs = performance.now();
    await expect(redis.call('ping', PING)).rejects.toBeInstanceOf(DependencyTimeout);
    expect(performance.now() - startedAtMs).toBeLessThan(COMMAND_TIMEOUT_MS + SLACK_MS);

    const crowd = Array.from({ length: 20 }, () => redis.call('ping', PING).catch((error: unknown) => error));
    expect((await Promise.all(crowd)).every((error) => error instanceof Error)).toBe(true);
    const askedAtMs = performance.now();
    await expect(redis.call('ping', PING)).rejects.toBeInstanceOf(DependencyUnavailable);
    expect(performance.now() - askedAtMs).toBeLessThan(COMMAND_TIMEOUT_MS / 2);
    server.resume();
  });

  it('is waited for by each request as long as by one command, and once more for what it has to tell', async () => {
    server.pause();

    await runInRequest(newRequestContext({ deadline: new Deadline(5_000) }), async () => {
      await expect(redis.call('ping', PING)).rejects.toBeInstanceOf(DependencyTimeout);
      await expect(redis.call('ping', PING)).rejects.toBeInstanceOf(DependencyUnavailable);
      await expect(redis.call('ping', PING, { persistent: true })).rejects.toBeInstanceOf(DependencyTimeout);
      await expect(redis.call('ping', PING, { persistent: true })).rejects.toBeInstanceOf(DependencyUnavailable);
      const onItsBehalf = newRequestContext({ deadline: new Deadline(5_000), origin: currentRequest() });
      await runInRequest(onItsBehalf, async () => {
        await expect(redis.call('ping', PING)).rejects.toBeInstanceOf(DependencyUnavailable);
      });
    });
    server.resume();
  });

  it('that is slow, and yet in time, is waited for no longer', async () => {
    await runInRequest(newRequestContext({ deadline: new Deadline(5_000) }), async () => {
      const startedAtMs = performance.now();
      const slow = (client: RedisClient) => client.eval(BUSY, { keys: [], arguments: ['30'] });
      for (let n = 0; n < 10; n += 1) await redis.call('slow', slow).catch(() => undefined);

      expect(performance.now() - startedAtMs).toBeLessThan(COMMAND_TIMEOUT_MS + SLACK_MS);
    });
  });

  it.each<[string, () => unknown, () => unknown]>([
    ['was killed', () => server.stop(), () => server.restart()],
    ['was stopped', () => server.pause(), () => server.resume()],
    ['was cut off', () => proxy.close(), () => proxy.open()],
    ['was black-holed', () => proxy.freeze(), () => proxy.close().then(() => proxy.open())],
  ])('is found again within seconds after it %s', async (_fault, takeAway, giveBack) => {
    await takeAway();
    for (let n = 0; n < 30; n += 1) await redis.call('ping', PING).catch(() => undefined);
    await giveBack();

    await answering(redis);
  });

  it.each<[string, () => unknown, () => unknown]>([
    ['stopped', () => server.pause(), () => server.resume()],
    ['black-holed', () => proxy.freeze(), () => proxy.close().then(() => proxy.open())],
  ])('is given up when it is %s, however much it is asked, and found again', async (_state, stop, giveBack) => {
    for (let n = 0; n < 200; n += 1) await redis.call('ping', PING); // so many that went well keep the circuit closed
    stop();

    const startedAtMs = performance.now();
    while (redis.isConnected && performance.now() - startedAtMs < 10_000) {
      await redis.call('ping', PING).catch(() => undefined);
    }
    expect(redis.isConnected).toBe(false);
    const askedAtMs = performance.now();
    for (let n = 0; n < 20; n += 1) await redis.call('ping', PING).catch(() => undefined);
    expect(performance.now() - askedAtMs).toBeLessThan(COMMAND_TIMEOUT_MS + SLACK_MS);

    await giveBack();
    await answering(redis);
  });

  it('refuses at once while there is no connection', async () => {
    await server.stop();
    await expect(redis.call('ping', PING)).rejects.toBeInstanceOf(DependencyUnavailable);

    const startedAtMs = performance.now();
    await expect(redis.call('ping', PING)).rejects.toBeInstanceOf(DependencyUnavailable);
    expect(performance.now() - startedAtMs).toBeLessThan(COMMAND_TIMEOUT_MS / 2);
    expect(await new RedisHealth(redis).details()).toEqual({ status: 'down', reason: 'not connected' });
  });
});

describeWith(REDIS_SERVER, 'a Redis that comes after the service', () => {
  it('is found', async () => {
    const server = await RedisServer.absent();
    const redis = aRedis(server.url);
    await expect(redis.call('ping', PING)).rejects.toBeInstanceOf(DependencyUnavailable);

    await server.restart();

    await answering(redis);
    redis.onApplicationShutdown();
    await server.stop();
  });
});
