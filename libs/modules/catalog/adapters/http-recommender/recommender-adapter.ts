import type { Provider, Type } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { ProductRecommender } from '../../application/ports/product.recommender.js';
import { RecommendationBounds } from '../../application/recommendation.bounds.js';
import { RecommenderSettings } from './recommender.settings.js';

interface RecommenderAdapters {
  readonly http: Type<ProductRecommender>;
  readonly inProcess: Type<ProductRecommender>;
}

/** The recommender service when its URL is configured, else the module in this process. Only the chosen one is made. */
export const recommenderAdapter = ({ http, inProcess }: RecommenderAdapters): Provider => ({
  provide: ProductRecommender,
  inject: [ModuleRef, RecommenderSettings],
  useFactory: (moduleRef: ModuleRef, settings: RecommenderSettings): Promise<ProductRecommender> =>
    moduleRef.create(settings.url === undefined ? inProcess : http),
});

/** The ladder's bounds, as configured. */
export const recommendationBounds: Provider = {
  provide: RecommendationBounds,
  inject: [RecommenderSettings],
  useFactory: ({ timeoutMs, productsTimeoutMs, staleSeconds }: RecommenderSettings): RecommendationBounds => ({
    liveMs: timeoutMs,
    productsMs: productsTimeoutMs,
    staleSeconds,
  }),
};
