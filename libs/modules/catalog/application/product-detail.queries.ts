import { UseCase } from '#kernel/use-case';
import type { Product } from '../domain/product.js';
import type { ProductId } from '../domain/product.state.js';
import { ProductQueries } from './product.queries.js';
import { RecommendationLadder, type ProductRecommendations } from './recommendation-ladder.js';

export interface ProductDetail {
  readonly product: Product;
  readonly recommendations: ProductRecommendations;
}

/** A product as its page shows it: with what goes with it, or the next best thing. */
@UseCase()
export class ProductDetailQueries {
  constructor(
    private readonly products: ProductQueries,
    private readonly ladder: RecommendationLadder,
  ) {}

  /** @throws ProductNotFound, and never anything on account of the recommendations */
  async get(id: ProductId): Promise<ProductDetail> {
    const asked = this.ladder.ask(id);
    try {
      const product = await this.products.get(id);
      return { product, recommendations: await this.ladder.answer(product, asked) };
    } catch (error) {
      asked.abandon();
      throw error;
    }
  }
}
