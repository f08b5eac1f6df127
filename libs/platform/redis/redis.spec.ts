import { describe, expect, it } from '@jest/globals';
import { DependencyUnavailable } from '#platform/resilience';
import { aRedis } from '#platform/testing';
import { reconnectDelayMs } from './redis-client.js';
import { RedisHealth } from './redis-health.js';

describe('a service without a Redis', () => {
  const redis = aRedis(undefined);

  it('says so to whoever asks it nevertheless', async () => {
    await expect(redis.call('ping', (client) => client.ping())).rejects.toBeInstanceOf(DependencyUnavailable);
  });

  it('is well, and shares nothing', async () => {
    expect(redis.isConfigured).toBe(false);
    expect(await new RedisHealth(redis).details()).toEqual({ status: 'up', shared: false });
  });
});

describe('the wait for the next connection', () => {
  it('doubles, to a bound', () => {
    expect([0, 1, 2, 3, 4, 5, 6, 100].map((retries) => reconnectDelayMs(retries, () => 1))).toEqual([
      50, 100, 200, 400, 800, 1000, 1000, 1000,
    ]);
  });

  it('is spread over its upper half', () => {
    expect([0, 0.5, 1].map((random) => reconnectDelayMs(6, () => random))).toEqual([500, 750, 1000]);
  });
});
