import { Module } from '@nestjs/common';
import { redisAdapter } from '#platform/redis';
import { MemoryUniqueClientsStore } from './memory-unique-clients-store.js';
import { UniqueClientsHandOver } from './unique-clients-hand-over.js';
import { uniqueClientsMetricProviders } from './unique-clients-metric.js';
import { UniqueClientsStore } from './unique-clients-store.js';
import { UniqueClients } from './unique-clients.js';

/** How many clients there are. The edge (`platform/http`) tells it of each. */
@Module({
  providers: [
    MemoryUniqueClientsStore,
    redisAdapter({
      port: UniqueClientsStore,
      redis: async () => (await import('./redis-unique-clients-store.js')).RedisUniqueClientsStore,
      memory: MemoryUniqueClientsStore,
    }),
    UniqueClients,
    UniqueClientsHandOver,
    ...uniqueClientsMetricProviders,
  ],
  exports: [UniqueClients],
})
export class UniqueClientsModule {}
