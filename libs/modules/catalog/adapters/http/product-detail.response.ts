import { ApiProperty } from '#platform/api-docs';
import { MoneyResponse } from '#platform/http';
import { RECOMMENDATION_SOURCES, type RecommendationSource } from '../../application/ports/recommendation.observer.js';
import type { ProductDetail } from '../../application/product-detail.queries.js';
import { RECOMMENDATIONS_SHOWN, type ProductRecommendations } from '../../application/recommendation-ladder.js';
import type { Product } from '../../domain/product.js';
import { CATEGORY_LENGTH_MAX, NAME_LENGTH_MAX, SKU_LENGTH_MAX } from '../../domain/product.state.js';
import { ProductResponse } from './product.response.js';

/** What a page needs to show a product beside another, and to lead to it. */
export class RecommendedProductResponse {
  @ApiProperty({ type: 'string', format: 'uuid', maxLength: 36, example: '019c0f4e-7d2b-7c11-9a53-5d1b6a0e42f8' })
  id!: string;

  @ApiProperty({ type: 'string', maxLength: SKU_LENGTH_MAX, example: 'FILTER-100' })
  sku!: string;

  @ApiProperty({ type: 'string', maxLength: NAME_LENGTH_MAX, example: 'Paper filters, pack of 100' })
  name!: string;

  @ApiProperty({ type: 'string', maxLength: CATEGORY_LENGTH_MAX, example: 'coffee-and-tea' })
  category!: string;

  @ApiProperty({ type: MoneyResponse })
  price!: MoneyResponse;

  static from({ id, sku, name, category, price }: Product): RecommendedProductResponse {
    return { id, sku, name, category, price: MoneyResponse.from(price) };
  }
}

export class RecommendationsResponse {
  @ApiProperty({
    type: [RecommendedProductResponse],
    maxItems: RECOMMENDATIONS_SHOWN,
    description: 'On sale, the best first.',
  })
  items!: RecommendedProductResponse[];

  @ApiProperty({
    type: 'string',
    enum: [...RECOMMENDATION_SOURCES],
    example: 'live',
    description:
      'live: what is bought together now; stale: what was a while ago; popular: the bestsellers of the category; none.',
  })
  source!: RecommendationSource;

  @ApiProperty({ type: 'boolean', example: false, description: 'Whether they come from anywhere but `live`.' })
  degraded!: boolean;

  static from({ items, source, degraded }: ProductRecommendations): RecommendationsResponse {
    return { items: items.map((product) => RecommendedProductResponse.from(product)), source, degraded };
  }
}

/** A product, with its recommendations where they were asked for. */
export class ProductDetailResponse extends ProductResponse {
  @ApiProperty({
    type: RecommendationsResponse,
    required: false,
    description: 'There with `include=recommendations`. It never keeps the product waiting for long, nor away.',
  })
  recommendations?: RecommendationsResponse;

  static of({ product, recommendations }: ProductDetail): ProductDetailResponse {
    return { ...ProductResponse.from(product), recommendations: RecommendationsResponse.from(recommendations) };
  }
}
