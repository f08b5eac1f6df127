import { UseCase } from '#kernel/use-case';
import { recommendationOf, type Recommendation } from '../domain/recommendation.js';
import { CompanionRepository } from './ports/companion.repository.js';

/** The most recommendations of one answer: more than a page shows, even after it has dropped some. */
export const RECOMMENDATIONS_MAX = 20;

/** What may be asked of the recommendations. */
@UseCase()
export class RecommendationQueries {
  constructor(private readonly companions: CompanionRepository) {}

  /**
   * What others bought together with a product: highest score first, ties by id, the same each time.
   * @param limit 1 to {@link RECOMMENDATIONS_MAX}; a larger one is cut
   */
  async forProduct(productId: string, limit: number): Promise<readonly Recommendation[]> {
    const companions = await this.companions.companionsOf(productId, Math.min(limit, RECOMMENDATIONS_MAX));
    return companions.map(recommendationOf);
  }
}
