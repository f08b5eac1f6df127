import type { ProductId } from '../../domain/product.state.js';

/** The most that is asked for at once: more than a page shows, since some may not be on sale any more. */
export const RECOMMENDATIONS_ASKED = 20;

export interface Recommended {
  readonly productId: ProductId;
  /** 0 to 1. */
  readonly score: number;
}

/** A question that may be called off. */
export interface Asking {
  /** Made when it is first looked at: most answers come without. */
  readonly signal: AbortSignal;
}

/** Whoever knows what goes with a product. It may be slow, wrong or away: its answer is a gift, and never waited for long. */
export abstract class ProductRecommender {
  /**
   * What goes with the product, the best first; empty when nothing is known. It may name products that are not on sale,
   * or that the catalog never had.
   * @param limit 1 to {@link RECOMMENDATIONS_ASKED}
   * @param asking whose signal is aborted when nobody waits for the answer any more
   * @throws whatever kept it from answering, within `RecommendationBounds.liveMs`
   */
  abstract recommend(productId: ProductId, limit: number, asking: Asking): Promise<readonly Recommended[]>;
}
