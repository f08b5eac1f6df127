import { ApiProperty } from '#platform/api-docs';
import { RECOMMENDATIONS_MAX } from '../../application/recommendation.queries.js';
import type { Recommendation } from '../../domain/recommendation.js';

export class RecommendationResponse {
  @ApiProperty({ type: 'string', format: 'uuid', maxLength: 36 })
  productId!: string;

  @ApiProperty({
    type: 'number',
    format: 'double',
    minimum: 0,
    maximum: 1,
    example: 0.75,
    description: 'Of the purchases with the product in question and any other, the share that held this one too.',
  })
  score!: number;
}

export class RecommendationsResponse {
  @ApiProperty({
    type: [RecommendationResponse],
    maxItems: RECOMMENDATIONS_MAX,
    description: 'The highest score first; empty when nothing is known of the product.',
  })
  items!: RecommendationResponse[];

  static of(recommendations: readonly Recommendation[]): RecommendationsResponse {
    return { items: recommendations.map(({ productId, score }) => ({ productId, score })) };
  }
}
