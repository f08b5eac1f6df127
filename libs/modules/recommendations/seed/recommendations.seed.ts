import { Injectable } from '@nestjs/common';
import { Seed, type SeedResult } from '#platform/seeding';
import { CompanionRepository } from '../application/ports/companion.repository.js';

/** Purchases to a statement: some ten thousand pairs, some tens of milliseconds. */
const BATCH_SIZE = 500;

/** Lets the shop look back on some thousand orders, each counted once. */
@Injectable()
export class RecommendationsSeed extends Seed {
  override readonly name = 'recommendations';
  override readonly things = 'past purchases';

  constructor(private readonly companions: CompanionRepository) {
    super();
  }

  override async run(): Promise<SeedResult> {
    const { samplePurchases } = await import('./sample-purchases.js');
    const purchases = samplePurchases();
    let added = 0;
    for (let start = 0; start < purchases.length; start += BATCH_SIZE) {
      added += await this.companions.record(purchases.slice(start, start + BATCH_SIZE));
    }
    return { total: purchases.length, added };
  }
}
