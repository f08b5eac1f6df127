import { afterEach, describe, expect, it } from '@jest/globals';
import { newId } from '#kernel/id';
import type { RecommendationQueries } from '#modules/recommendations';
import { DeadlineExceeded } from '#platform/deadline';
import { productRecommenderContract } from '../../testing/product.recommender.contract.js';
import { aRecommendationsService, type RecommendationsService } from '../../testing/recommendations.service.js';
import { RequestTimeBudget } from '../deadline/request-time-budget.js';
import { InProcessProductRecommender } from './in-process-product.recommender.js';

const BOUNDS = { liveMs: 2_000, productsMs: 200, staleSeconds: 60 };

describe('InProcessProductRecommender', () => {
  let service: RecommendationsService | undefined;
  afterEach(() => service?.close());

  productRecommenderContract(async () => {
    service = await aRecommendationsService();
    const recommender = new InProcessProductRecommender(service.queries, new RequestTimeBudget(), BOUNDS);
    return { recommender, learn: service.learn };
  });

  it('waits no longer than its bound, though nothing lies between', async () => {
    const silent = { forProduct: () => new Promise(() => undefined) } as unknown as RecommendationQueries;
    const recommender = new InProcessProductRecommender(silent, new RequestTimeBudget(), { ...BOUNDS, liveMs: 5 });

    await expect(recommender.recommend(newId(), 5)).rejects.toBeInstanceOf(DeadlineExceeded);
  });
});
