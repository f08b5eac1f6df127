import { Injectable } from '@nestjs/common';
import { RecommendationQueries } from '#modules/recommendations';
import { ProductRecommender, type Recommended } from '../../application/ports/product.recommender.js';
import { TimeBudget } from '../../application/ports/time-budget.js';
import { RecommendationBounds } from '../../application/recommendation.bounds.js';
import type { ProductId } from '../../domain/product.state.js';

/** Asks the recommendations in this very process. Their database may be slow: the bound is the same as over the network. */
@Injectable()
export class InProcessProductRecommender extends ProductRecommender {
  constructor(
    private readonly recommendations: RecommendationQueries,
    private readonly budget: TimeBudget,
    private readonly bounds: RecommendationBounds,
  ) {
    super();
  }

  override recommend(productId: ProductId, limit: number): Promise<readonly Recommended[]> {
    return this.budget.within(this.bounds.liveMs, () => this.recommendations.forProduct(productId, limit));
  }
}
