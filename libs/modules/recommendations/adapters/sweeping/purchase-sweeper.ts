import { Injectable, Logger } from '@nestjs/common';
import { Sweeper } from '#platform/lifecycle';
import { messageOf } from '#platform/postgres';
import { CompanionRepository } from '../../application/ports/companion.repository.js';
import { RecommendationsSettings } from './recommendations.settings.js';

/** Nearly three million purchases a day, and no statement takes long. */
export const BATCH = 1_000;
export const BATCHES_MAX = 20;

/** Forgets that old purchases were told. What they were counted for stays. */
@Injectable()
export class PurchaseSweeper extends Sweeper {
  private readonly logger = new Logger(PurchaseSweeper.name);

  constructor(
    private readonly companions: CompanionRepository,
    private readonly settings: RecommendationsSettings,
  ) {
    super({ waitMs: { min: 600_000, max: 660_000 }, batch: BATCH, batchesMax: BATCHES_MAX });
  }

  override async sweep(): Promise<void> {
    try {
      await this.inBatches((limit) => this.companions.sweep(this.settings.purchaseRetentionSeconds, limit));
    } catch (error) {
      const reason = messageOf(error) || 'for an unknown reason';
      this.logger.warn(`Old purchases were not forgotten, trying again later: ${reason}`);
    }
  }
}
