import { Injectable } from '@nestjs/common';
import { doublingDelayMs } from '#platform/resilience';
import { beginPublishSpan, endPublishSpan } from '../event/event-span.js';
import { UndeliverableEvent } from '../event/undeliverable-event.js';
import { failureReason } from '../failure-reason.js';
import { isPassing } from '../is-passing.js';
import { MessagingSettings } from '../messaging.settings.js';
import { Outbox, type FailedTry, type OutboxEntry } from '../outbox/outbox.js';
import { BrokerUnavailable, EventPublisher } from './event-publisher.js';
import { PublishLog } from './publish-log.js';

/** So long the events of a relay that dies wait for another. */
const LEASE_MS = 30_000;
/** After that nothing is begun any more: what takes longest (EVENT_HANDLER_TIMEOUT_MS, at most 20 s) still fits in. */
const BEGIN_WITHIN_MS = 5_000;

/** Found again within seconds, however long what was needed had been away. */
const DEFERRED = { firstMs: 2_000, maxMs: 2_000 };

/** What has become of the entries of a round. */
interface Outcomes {
  readonly sent: string[];
  readonly failed: FailedTry[];
  away: BrokerUnavailable | undefined;
}

/** One round: claim, send, settle. */
@Injectable()
export class RelayRound {
  constructor(
    private readonly outbox: Outbox,
    private readonly publisher: EventPublisher,
    private readonly settings: MessagingSettings,
    private readonly log: PublishLog,
  ) {}

  /**
   * @returns whether there may be more to do at once
   * @throws BrokerUnavailable when the broker is away; the outbox' own errors when the database is
   */
  async run(stopping: AbortSignal): Promise<'more' | 'done'> {
    const entries = await this.outbox.claim(this.settings.batchMax, LEASE_MS);
    if (entries.length === 0) return 'done';
    const outcomes: Outcomes = { sent: [], failed: [], away: undefined };
    const queue = [...entries];
    const beginUntilMs = performance.now() + BEGIN_WITHIN_MS;
    const mayBegin = () => !outcomes.away && !stopping.aborted && performance.now() < beginUntilMs;
    const lane = async (): Promise<void> => {
      for (let entry = next(queue, mayBegin); entry; entry = next(queue, mayBegin)) await this.send(entry, outcomes);
    };
    await Promise.all(Array.from({ length: Math.min(this.publisher.concurrency, entries.length) }, lane));
    await this.settle(entries, outcomes);
    if (outcomes.away) throw outcomes.away;
    return 'more';
  }

  private async send(entry: OutboxEntry, outcomes: Outcomes): Promise<void> {
    try {
      await this.publish(entry);
      outcomes.sent.push(entry.position);
      this.log.sent();
    } catch (error) {
      // It says nothing of this event: neither a try, nor a reason to go on with the others.
      if (error instanceof BrokerUnavailable) outcomes.away ??= error;
      else outcomes.failed.push(isPassing(error) ? this.deferred(entry, error) : this.failedTry(entry, error));
    }
  }

  private async publish({ event, messageId }: OutboxEntry): Promise<void> {
    const span = beginPublishSpan(event);
    if (!span) return this.publisher.publish(event, messageId);
    const { system } = this.publisher;
    try {
      await span.run(() => this.publisher.publish(event, messageId));
      endPublishSpan(span, event, system);
    } catch (error) {
      endPublishSpan(span, event, system, error);
      throw error;
    }
  }

  private failedTry({ event, position, tries }: OutboxEntry, error: unknown): FailedTry {
    const failures = tries + 1;
    const { triesMax, retryBaseMs: firstMs, retryMaxMs: maxMs } = this.settings;
    const parks = error instanceof UndeliverableEvent || failures >= triesMax;
    this.log.failed(event, { error, failures, parked: parks });
    return {
      position,
      reason: failureReason(error),
      retryInMs: parks ? null : doublingDelayMs(failures, { firstMs, maxMs }),
      counts: true,
    };
  }

  /** What a consumer needs is away: its event waits, and keeps none of the others from theirs. */
  private deferred({ position }: OutboxEntry, error: unknown): FailedTry {
    this.log.deferred();
    return { position, reason: failureReason(error), retryInMs: doublingDelayMs(1, DEFERRED), counts: false };
  }

  private async settle(entries: readonly OutboxEntry[], { sent, failed }: Outcomes): Promise<void> {
    if (sent.length > 0) await this.outbox.markSent(sent);
    if (failed.length > 0) await this.outbox.markFailed(failed);
    const settled = new Set([...sent, ...failed.map(({ position }) => position)]);
    const rest = entries.map(({ position }) => position).filter((position) => !settled.has(position));
    if (rest.length > 0) await this.outbox.giveBack(rest);
  }
}

const next = (queue: OutboxEntry[], mayBegin: () => boolean): OutboxEntry | undefined =>
  mayBegin() ? queue.shift() : undefined;
