import { Injectable } from '@nestjs/common';
import { type Cache, Caches, type Lifetime } from '#platform/cache';
import { CompanionRepository, type Forgotten } from '../../application/ports/companion.repository.js';
import type { Purchase } from '../../domain/purchase.js';
import type { Companion } from '../../domain/recommendation.js';
import { CompanionsCacheSettings } from './companions-cache.settings.js';
import { companionsIn, keptCompanions } from './kept-companions.js';
import { StoredCompanions } from './stored-companions.js';

/** What is kept of each product: as many as are ever asked for. Beyond it the store is asked. */
export const COMPANIONS_KEPT = 20;

/**
 * The counts with a cache in front of them, since each look at a product asks for its companions. A purchase that is counted
 * or taken back ends what is kept of its products. Who forgets everything names none: that is seen when the seconds are over
 * for which an answer is kept.
 */
@Injectable()
export class CachedCompanionRepository extends CompanionRepository {
  private readonly cache: Cache<readonly Companion[]>;
  private readonly lifetime: Lifetime;

  constructor(
    private readonly stored: StoredCompanions,
    caches: Caches,
    { ttlSeconds }: CompanionsCacheSettings,
  ) {
    super();
    this.lifetime = { ttlSeconds, staleSeconds: 0 };
    this.cache = caches.declare({
      name: 'recommendations.companions',
      version: 1,
      write: keptCompanions,
      read: companionsIn,
    });
  }

  override async companionsOf(productId: string, limit: number): Promise<readonly Companion[]> {
    if (limit > COMPANIONS_KEPT) return this.stored.companionsOf(productId, limit);
    const load = () => this.stored.companionsOf(productId, COMPANIONS_KEPT);
    return (await this.cache.through(productId, this.lifetime, load))?.slice(0, limit) ?? [];
  }

  override record(purchases: readonly Purchase[]): Promise<number> {
    const products = new Set(purchases.flatMap(({ productIds }) => productIds));
    return this.cache.changing([...products], () => this.stored.record(purchases));
  }

  /** Which products it is about is known only now. What they are in, a unit of work, is not over yet. */
  override async forget(purchaseId: string): Promise<Forgotten> {
    const forgotten = await this.stored.forget(purchaseId);
    await this.cache.changing(forgotten.productIds, () => Promise.resolve());
    return forgotten;
  }

  override clear(): Promise<number> {
    return this.stored.clear();
  }

  override sweep(olderThanSeconds: number, limit: number): Promise<number> {
    return this.stored.sweep(olderThanSeconds, limit);
  }
}
