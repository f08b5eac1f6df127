import { join } from 'node:path';
import { Module } from '@nestjs/common';
import { PostgresModule, storeAdapter } from '#platform/postgres';
import { InMemoryCompanionRepository } from './adapters/memory/in-memory-companion.repository.js';
import { CompanionRow } from './adapters/postgres/companion.row.js';
import { PostgresCompanionRepository } from './adapters/postgres/postgres-companion.repository.js';
import { PurchaseRow } from './adapters/postgres/purchase.row.js';
import { CompanionRepository } from './application/ports/companion.repository.js';
import { RecommendationQueries } from './application/recommendation.queries.js';
import { RecordPurchase } from './application/record-purchase.js';
import { RecommendationsSeed } from './seed/recommendations.seed.js';

/** The recommendations' fuse box. It has no front of its own: who imports it asks `RecommendationQueries`. */
@Module({
  imports: [
    PostgresModule.forFeature({
      entities: [CompanionRow, PurchaseRow],
      migrations: join(import.meta.dirname, 'adapters/postgres/migrations'),
    }),
  ],
  providers: [
    storeAdapter({
      port: CompanionRepository,
      postgres: PostgresCompanionRepository,
      memory: InMemoryCompanionRepository,
    }),
    RecordPurchase,
    RecommendationQueries,
    RecommendationsSeed,
  ],
  exports: [RecommendationQueries, RecordPurchase],
})
export class RecommendationsModule {}
