import type { Purchase } from '../../domain/purchase.js';
import type { Companion } from '../../domain/recommendation.js';

/**
 * What became of a purchase that is to be forgotten:
 * - `forgotten`: what it was counted for is taken back;
 * - `marked`: it was never told. Should it be, it will not be counted;
 * - `known`: it had been forgotten before, and nothing was done;
 * - `kept`: it was counted before the products of a purchase were remembered. It stays counted.
 */
export type Forgetting = 'forgotten' | 'marked' | 'known' | 'kept';

export interface Forgotten {
  readonly outcome: Forgetting;
  /** Whose counts have changed. */
  readonly productIds: readonly string[];
}

/** Counts what is bought together. */
export abstract class CompanionRepository {
  /**
   * Counts the purchases among them that were never told before, nor forgotten, and gives their number: a purchase that
   * is told twice, also at the same time, counts once. One of a single product is remembered, and changes no count.
   * All of them or none.
   */
  abstract record(purchases: readonly Purchase[]): Promise<number>;

  /** Takes back what {@link record} counted for a purchase. It belongs into a unit of work, and is whole with it. */
  abstract forget(purchaseId: string): Promise<Forgotten>;

  /**
   * Forgets all counts and all purchases, and gives the number of purchases. It belongs into a unit of work: until that
   * ends, whoever records or forgets waits.
   */
  abstract clear(): Promise<number>;

  /**
   * Forgets up to `limit` of the purchases that were told or marked longer ago than that, the oldest first, and gives how
   * many. What they were counted for stays: such a one can't be taken back any more, and told again it would be counted again.
   */
  abstract sweep(olderThanSeconds: number, limit: number): Promise<number>;

  /** What was bought together with a product: the most often first, ties by id; empty when nothing is known of it. */
  abstract companionsOf(productId: string, limit: number): Promise<readonly Companion[]>;
}
