import { Injectable } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import { Sweeper } from '#platform/lifecycle';
import { Inbox } from '../consuming/inbox.js';
import { MessagingSettings } from '../messaging.settings.js';
import { Outbox } from './outbox.js';

/** A long history goes over many sweeps, and none takes long. */
const POLICY = { waitMs: { min: 60_000, max: 75_000 }, batch: 1_000, batchesMax: 20 };

/** Forgets what was sent, and what was consumed, when it is old enough. */
@Injectable()
export class OutboxSweeper extends Sweeper {
  constructor(
    private readonly outbox: Outbox,
    private readonly inbox: Inbox,
    private readonly settings: MessagingSettings,
    private readonly logger: PinoLogger,
  ) {
    super(POLICY);
  }

  override async sweep(): Promise<void> {
    const { outboxRetentionSeconds, inboxRetentionSeconds } = this.settings;
    try {
      await this.inBatches((limit) => this.outbox.sweep(outboxRetentionSeconds, limit));
      await this.inBatches((limit) => this.inbox.sweep(inboxRetentionSeconds, limit));
    } catch (error) {
      this.logger.logger.warn({ err: error }, 'old events were not swept, trying again later');
    }
  }
}
