import { undoneBy } from '#platform/unit-of-work';
import { CompanionRepository, type Forgotten } from '../../application/ports/companion.repository.js';
import type { Purchase } from '../../domain/purchase.js';
import type { Companion } from '../../domain/recommendation.js';
import { PairCounts } from './pair-counts.js';

/** Purchases that are recognised when they are told again; the oldest are forgotten first. Some tens of megabytes. */
export const PURCHASES_REMEMBERED_MAX = 100_000;

interface Remembered {
  /** The products that it was counted for; none in a purchase that was forgotten. */
  readonly counted: readonly string[];
  readonly forgotten: boolean;
}

/**
 * Counts for as long as the process lives: for tests, and for a first look without a database. Each method runs to its
 * end without giving way, which is what makes it atomic.
 */
export class InMemoryCompanionRepository extends CompanionRepository {
  private purchases = new Map<string, Remembered>();
  private counts = new PairCounts();

  override async record(purchases: readonly Purchase[]): Promise<number> {
    const fresh = purchases.filter((purchase) => this.recordOne(purchase));
    return fresh.length;
  }

  override async forget(purchaseId: string): Promise<Forgotten> {
    const told = this.purchases.get(purchaseId);
    if (told?.forgotten) return { outcome: 'known', productIds: [] };
    const counted = told?.counted ?? [];
    this.counts.add(counted, -1);
    this.remember(purchaseId, { counted: [], forgotten: true });
    undoneBy(() => {
      this.counts.add(counted, 1);
      if (told) this.purchases.set(purchaseId, told);
      else this.purchases.delete(purchaseId);
    });
    return { outcome: told ? 'forgotten' : 'marked', productIds: counted };
  }

  override async clear(): Promise<number> {
    const { purchases, counts } = this;
    this.purchases = new Map();
    this.counts = new PairCounts();
    undoneBy(() => {
      this.purchases = purchases;
      this.counts = counts;
    });
    return purchases.size;
  }

  /** Its memory is bounded by itself, and ends with the process. */
  override async sweep(): Promise<number> {
    return 0;
  }

  override async companionsOf(productId: string, limit: number): Promise<readonly Companion[]> {
    const counts = this.counts.of(productId);
    const purchases = counts.get(productId) ?? 0;
    return [...counts]
      .filter(([otherId]) => otherId !== productId)
      .map(([otherId, together]) => ({ productId: otherId, together, purchases }))
      .sort((a, b) => b.together - a.together || (a.productId < b.productId ? -1 : 1))
      .slice(0, limit);
  }

  private recordOne({ id, productIds }: Purchase): boolean {
    if (this.purchases.has(id)) return false;
    const counted = this.counts.fitting(productIds);
    this.counts.add(counted, 1);
    this.remember(id, { counted, forgotten: false });
    undoneBy(() => {
      this.counts.add(counted, -1);
      this.purchases.delete(id);
    });
    return true;
  }

  private remember(id: string, remembered: Remembered): void {
    const [oldest] = this.purchases.keys();
    const full = this.purchases.size >= PURCHASES_REMEMBERED_MAX && !this.purchases.has(id);
    if (full && oldest !== undefined) this.purchases.delete(oldest);
    this.purchases.set(id, remembered);
  }
}
