import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '#kernel/clock';
import { Sweeper } from '#platform/lifecycle';
import { messageOf } from '#platform/postgres';
import { IdempotencyStore } from './store/idempotency-store.js';

export const SWEEP_INTERVAL_MS = 60_000;
export const BATCH_RECORDS = 1_000;
/** A hundred thousand a minute is more than a replica keeps. */
export const BATCHES_MAX = 100;

const POLICY = {
  waitMs: { min: 0.5 * SWEEP_INTERVAL_MS, max: 1.5 * SWEEP_INTERVAL_MS },
  batch: BATCH_RECORDS,
  batchesMax: BATCHES_MAX,
};

/** Deletes records whose time is over, in every replica: each takes what no other is taking. It never fails the process. */
@Injectable()
export class ExpiredRecordsSweeper extends Sweeper {
  private readonly logger = new Logger(ExpiredRecordsSweeper.name);
  private reported = '';

  constructor(
    private readonly store: IdempotencyStore,
    private readonly clock: Clock,
  ) {
    super(POLICY);
  }

  override async sweep(): Promise<void> {
    try {
      const now = this.clock.now();
      await this.inBatches((limit) => this.store.forgetExpired(now, limit));
      this.reported = '';
    } catch (error) {
      // Once for each kind of failure: a database that is away is told of elsewhere, and must not fill the log.
      const failure = messageOf(error);
      if (failure !== this.reported) this.logger.warn(`Expired idempotency records are left for later: ${failure}`);
      this.reported = failure;
    }
  }
}
