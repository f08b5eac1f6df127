import { Test, type TestingModule } from '@nestjs/testing';
import { newId } from '#kernel/id';
import { RecommendationQueries, RecommendationsModule, RecordPurchase } from '#modules/recommendations';
import { databaseSettings } from '#platform/testing';
import { PostgresModule } from '#platform/postgres';
import { MetricsModule } from '#platform/metrics';

export interface RecommendationsService {
  readonly module: TestingModule;
  readonly queries: RecommendationQueries;
  learn(productIds: readonly string[]): Promise<void>;
}

/** The recommendations alone, over their store in memory. */
export async function aRecommendationsService(): Promise<RecommendationsService> {
  const module = await Test.createTestingModule({
    imports: [MetricsModule, PostgresModule.forRoot(databaseSettings(undefined)), RecommendationsModule],
  }).compile();
  const record = module.get(RecordPurchase);
  return {
    module,
    queries: module.get(RecommendationQueries),
    learn: (productIds) => record.execute(newId(), productIds),
  };
}
