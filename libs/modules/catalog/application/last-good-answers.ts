import { Clock } from '#kernel/clock';
import { UseCase } from '#kernel/use-case';
import type { ProductId } from '../domain/product.state.js';
import { RecommendationBounds } from './recommendation.bounds.js';

/** Of twenty ids each, some two megabytes. */
export const ANSWERS_KEPT_MAX = 1_000;

interface Answer {
  readonly productIds: readonly ProductId[];
  readonly answeredAtMs: number;
}

/**
 * What the recommender last said of each product, for when it is away. Bounded in number (those asked for most recently
 * stay) and in age.
 */
@UseCase()
export class LastGoodAnswers {
  /** In the order of their use, the longest unused first. */
  private readonly answers = new Map<ProductId, Answer>();

  constructor(
    private readonly clock: Clock,
    private readonly bounds: RecommendationBounds,
  ) {}

  /** That nothing is known of a product is worth nothing later: then the bestsellers say more. */
  remember(productId: ProductId, productIds: readonly ProductId[]): void {
    this.answers.delete(productId);
    if (productIds.length === 0) return;
    const [longestUnused] = this.answers.keys();
    if (longestUnused !== undefined && this.answers.size >= ANSWERS_KEPT_MAX) this.answers.delete(longestUnused);
    this.answers.set(productId, { productIds, answeredAtMs: this.clock.now().getTime() });
  }

  recall(productId: ProductId): readonly ProductId[] | null {
    const answer = this.answers.get(productId);
    if (!answer) return null;
    this.answers.delete(productId);
    const ageMs = this.clock.now().getTime() - answer.answeredAtMs;
    if (ageMs > this.bounds.staleSeconds * 1_000) return null;
    this.answers.set(productId, answer);
    return answer.productIds;
  }
}
