import { Global, Module } from '@nestjs/common';
import { MetricsModule } from '#platform/metrics';
import { redisAdapter } from '#platform/redis';
import { cacheMetricProviders } from './cache-reports.js';
import { Caches } from './caches.js';
import { Invalidations } from './invalidations.js';
import { CacheTier } from './tier/cache-tier.js';
import { MemoryCacheTier } from './tier/memory-cache-tier.js';

/** Once for the app: where adapters declare what they have cached. */
@Global()
@Module({
  imports: [MetricsModule],
  providers: [
    redisAdapter({
      port: CacheTier,
      redis: async () => (await import('./tier/redis-cache-tier.js')).RedisCacheTier,
      memory: MemoryCacheTier,
    }),
    Invalidations,
    Caches,
    ...cacheMetricProviders,
  ],
  exports: [Caches],
})
export class CacheModule {}
