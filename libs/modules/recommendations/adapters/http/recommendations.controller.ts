import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '#platform/api-docs';
import { Answers, Public, Unlimited, UuidParam } from '#platform/http';
import { RecommendationQueries } from '../../application/recommendation.queries.js';
import { GetRecommendationsRequest } from './get-recommendations.request.js';
import { RecommendationsResponse } from './recommendations.response.js';

/**
 * What the store asks when the recommendations are a service of their own. It is for the store alone: the network keeps
 * others away, and so there is nobody to identify, and no caller to hold back.
 */
@ApiTags('recommendations')
@Controller({ path: 'products', version: '1' })
export class RecommendationsController {
  constructor(private readonly recommendations: RecommendationQueries) {}

  @Get(':id/recommendations')
  @Public()
  @Unlimited()
  @ApiOperation({
    operationId: 'getRecommendations',
    summary: 'Get what goes with a product',
    description:
      'What was bought together with it. The recommender knows purchases and no catalog: of a product that nobody bought, or that there is not, it knows nothing, and some of what it names may not be on sale any more.',
  })
  @Answers(200, RecommendationsResponse, { description: 'What goes with the product.' })
  async get(
    @UuidParam('id') id: string,
    @Query() { limit }: GetRecommendationsRequest,
  ): Promise<RecommendationsResponse> {
    return RecommendationsResponse.of(await this.recommendations.forProduct(id, limit));
  }
}
