import { newId } from '#kernel/id';
import { RecommendationQueries, RecommendationsApiModule, RecordPurchase } from '#modules/recommendations';
import { aServiceOf } from '#platform/testing';

export interface RecommendationsService {
  readonly queries: RecommendationQueries;
  learn(productIds: readonly string[]): Promise<void>;
  /** Serves them on a port of its own, as the recommender does, and gives the address. */
  listen(): Promise<string>;
  close(): Promise<void>;
}

/** The recommendations alone, over their store in memory. */
export async function aRecommendationsService(): Promise<RecommendationsService> {
  const { app } = await aServiceOf({ name: 'recommender', env: {}, modules: () => [RecommendationsApiModule] });
  const record = app.get(RecordPurchase, { strict: false });
  return {
    queries: app.get(RecommendationQueries, { strict: false }),
    learn: (productIds) => record.execute(newId(), productIds),
    listen: async () => {
      await app.listen({ port: 0, host: '127.0.0.1' });
      return app.getUrl();
    },
    close: () => app.close(),
  };
}
