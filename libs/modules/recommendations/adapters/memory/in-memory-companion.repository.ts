import { CompanionRepository } from '../../application/ports/companion.repository.js';
import type { Purchase } from '../../domain/purchase.js';
import type { Companion } from '../../domain/recommendation.js';

/** Purchases that are recognised when they are told again; the oldest are forgotten first. Some ten megabytes. */
export const PURCHASES_REMEMBERED_MAX = 100_000;
/** Products with companions; a purchase counts only for those that still fit. */
export const PRODUCTS_MAX = 10_000;

/**
 * Counts for as long as the process lives: for tests, and for a first look without a database. Each method runs to its
 * end without giving way, which is what makes it atomic.
 */
export class InMemoryCompanionRepository extends CompanionRepository {
  private readonly recorded = new Set<string>();
  /** By product, how many purchases held it and each other one; itself included: how many held it at all. */
  private readonly counts = new Map<string, Map<string, number>>();

  override async record(purchases: readonly Purchase[]): Promise<number> {
    let recorded = 0;
    for (const { id, productIds } of purchases) {
      if (this.recorded.has(id)) continue;
      this.remember(id);
      for (const productId of productIds) this.count(productId, productIds);
      recorded += 1;
    }
    return recorded;
  }

  override async companionsOf(productId: string, limit: number): Promise<readonly Companion[]> {
    const counts = this.counts.get(productId) ?? new Map<string, number>();
    const purchases = counts.get(productId) ?? 0;
    return [...counts]
      .filter(([otherId]) => otherId !== productId)
      .map(([otherId, together]) => ({ productId: otherId, together, purchases }))
      .sort((a, b) => b.together - a.together || (a.productId < b.productId ? -1 : 1))
      .slice(0, limit);
  }

  private remember(purchaseId: string): void {
    const [oldest] = this.recorded;
    if (oldest !== undefined && this.recorded.size >= PURCHASES_REMEMBERED_MAX) this.recorded.delete(oldest);
    this.recorded.add(purchaseId);
  }

  private count(productId: string, productIds: readonly string[]): void {
    const counts = this.counts.get(productId) ?? new Map<string, number>();
    if (counts.size === 0 && this.counts.size >= PRODUCTS_MAX) return;
    this.counts.set(productId, counts);
    for (const otherId of productIds) {
      if (counts.has(otherId) || counts.size < PRODUCTS_MAX) counts.set(otherId, (counts.get(otherId) ?? 0) + 1);
    }
  }
}
