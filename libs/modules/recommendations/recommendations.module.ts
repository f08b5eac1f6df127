import { join } from 'node:path';
import { Module } from '@nestjs/common';
import { PostgresModule, storeAdapter } from '#platform/postgres';
import { CachedCompanionRepository } from './adapters/cache/cached-companion.repository.js';
import { StoredCompanions } from './adapters/cache/stored-companions.js';
import { InboxHeardEvents } from './adapters/events/inbox-heard-events.js';
import { OrderEventsConsumer } from './adapters/events/order-events.consumer.js';
import { InMemoryCompanionRepository } from './adapters/memory/in-memory-companion.repository.js';
import { CompanionRow } from './adapters/postgres/companion.row.js';
import { PostgresCompanionRepository } from './adapters/postgres/postgres-companion.repository.js';
import { PurchaseRow } from './adapters/postgres/purchase.row.js';
import { CompanionRepository } from './application/ports/companion.repository.js';
import { ForgetPurchase } from './application/forget-purchase.js';
import { HeardEvents } from './application/ports/heard-events.js';
import { RecommendationQueries } from './application/recommendation.queries.js';
import { RecordPurchase } from './application/record-purchase.js';
import { ResetRecommendations } from './application/reset-recommendations.js';
import { PurchaseSweeper } from './adapters/sweeping/purchase-sweeper.js';
import { RecommendationsSeed } from './seed/recommendations.seed.js';

/**
 * The recommendations' fuse box. It has no front: who imports it asks `RecommendationQueries`. It learns from the events of
 * orders, so one process of a system imports it, or replicas of that one.
 */
@Module({
  imports: [
    PostgresModule.forFeature({
      entities: [CompanionRow, PurchaseRow],
      migrations: join(import.meta.dirname, 'adapters/postgres/migrations'),
    }),
  ],
  providers: [
    storeAdapter({
      port: StoredCompanions,
      postgres: PostgresCompanionRepository,
      memory: InMemoryCompanionRepository,
    }),
    { provide: CompanionRepository, useClass: CachedCompanionRepository },
    { provide: HeardEvents, useClass: InboxHeardEvents },
    OrderEventsConsumer,
    RecordPurchase,
    ForgetPurchase,
    ResetRecommendations,
    RecommendationQueries,
    RecommendationsSeed,
    PurchaseSweeper,
  ],
  exports: [RecommendationQueries, RecordPurchase, ForgetPurchase, ResetRecommendations],
})
export class RecommendationsModule {}
