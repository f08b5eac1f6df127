import type { Provider } from '@nestjs/common';
import { redisAdapter } from '#platform/redis';
import { InMemoryRecentWrites } from './in-memory-recent-writes.js';
import { OwnWrites } from './own-writes.js';
import { ReadReplica } from './read-replica.js';
import { RecentWrites } from './recent-writes.js';
import { ReplicaHealth } from './replica-health.js';
import { replicaMetricProviders } from './replica-metrics.js';
import { ReplicaWatch } from './replica-watch.js';
import { TolerantReads } from './tolerant-reads.js';

/** What there is only with DATABASE_READ_URL: without it nothing asks, waits or counts. */
export const replicaProviders: readonly Provider[] = [
  ReadReplica,
  ReplicaWatch,
  redisAdapter({
    port: RecentWrites,
    redis: async () => (await import('./redis-recent-writes.js')).RedisRecentWrites,
    memory: InMemoryRecentWrites,
  }),
  OwnWrites,
  TolerantReads,
  ReplicaHealth,
  ...replicaMetricProviders,
];
