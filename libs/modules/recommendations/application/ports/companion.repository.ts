import type { Purchase } from '../../domain/purchase.js';
import type { Companion } from '../../domain/recommendation.js';

/** Counts what is bought together. Each method is atomic. */
export abstract class CompanionRepository {
  /**
   * Counts the purchases among them that were never counted before, and gives their number: a purchase that is told
   * twice, also at the same time, counts once.
   */
  abstract record(purchases: readonly Purchase[]): Promise<number>;

  /** What was bought together with a product: the most often first, ties by id; empty when nothing is known of it. */
  abstract companionsOf(productId: string, limit: number): Promise<readonly Companion[]>;
}
