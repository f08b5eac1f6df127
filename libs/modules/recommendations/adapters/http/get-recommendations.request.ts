import { QueryIntegerField } from '#platform/http';
import { RECOMMENDATIONS_MAX } from '../../application/recommendation.queries.js';

export const RECOMMENDATIONS_DEFAULT = 10;

export class GetRecommendationsRequest {
  @QueryIntegerField({ min: 1, max: RECOMMENDATIONS_MAX, default: RECOMMENDATIONS_DEFAULT, optional: true })
  limit: number = RECOMMENDATIONS_DEFAULT;
}
