import { SystemClock } from '#kernel/clock';
import type { Redis } from '#platform/redis';
import { Counter, Registry } from 'prom-client';
import { MemoryRateLimitStore } from '../memory-rate-limit-store.js';
import { RateLimitFallbacks } from '../rate-limit-fallbacks.js';
import { RedisRateLimitStore } from '../redis-rate-limit-store.js';

/** The store of one replica over a Redis, and how often it did without. */
export function aRedisRateLimitStore(redis: Redis) {
  const counter = new Counter({
    name: 'rate_limit_fallbacks_total',
    help: 'as in the app',
    registers: [new Registry()],
  });
  const fallbacks = new RateLimitFallbacks(counter);
  return {
    store: new RedisRateLimitStore(redis, new MemoryRateLimitStore(new SystemClock()), fallbacks),
    fallbacks: async (): Promise<number> => (await counter.get()).values[0]?.value ?? 0,
  };
}

/** Makes all that Redis holds so much older: it ends earlier, and what would have ended is gone. */
export async function passSecondsIn(redis: Redis, seconds: number): Promise<void> {
  await redis.call('test.age', async (client) => {
    for (const key of await client.keys('*')) {
      const leftMs = (await client.pTTL(key)) - seconds * 1_000;
      if (leftMs > 0) await client.pExpire(key, leftMs);
      else await client.del(key);
    }
  });
}
