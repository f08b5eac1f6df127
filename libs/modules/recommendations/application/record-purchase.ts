import { UseCase } from '#kernel/use-case';
import { purchase } from '../domain/purchase.js';
import { CompanionRepository } from './ports/companion.repository.js';

/** Learns from a purchase what goes together. */
@UseCase()
export class RecordPurchase {
  constructor(private readonly companions: CompanionRepository) {}

  /**
   * @param id UUID of the purchase: one that is told again, or was forgotten before it was told, is not counted
   * @param productIds UUIDs in lower case; one alone teaches nothing, and is no error
   * @throws RangeError for no products, or more than `PURCHASE_PRODUCTS_MAX` different ones
   */
  async execute(id: string, productIds: readonly string[]): Promise<void> {
    await this.companions.record([purchase(id, productIds)]);
  }
}
