import { Global, Module } from '@nestjs/common';
import { redisAdapter } from '#platform/redis';
import { MemoryRateLimitStore } from './memory-rate-limit-store.js';
import { rateLimitFallbackProviders } from './rate-limit-fallbacks.js';
import { RateLimitStore } from './rate-limit-store.js';
import { RateLimiter } from './rate-limiter.js';

/** How often one caller may ask. The edge (`platform/http`) asks it for each request. */
@Global()
@Module({
  providers: [
    MemoryRateLimitStore,
    ...rateLimitFallbackProviders,
    redisAdapter({
      port: RateLimitStore,
      redis: async () => (await import('./redis-rate-limit-store.js')).RedisRateLimitStore,
      memory: MemoryRateLimitStore,
    }),
    RateLimiter,
  ],
  exports: [RateLimiter],
})
export class RateLimitModule {}
