import { Logger } from '@nestjs/common';
import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '#kernel/clock';
import { doublingDelayMs } from '#platform/resilience';
import type { EventDelivery } from '../../consuming/event-delivery.js';
import type { ParkedEvents } from '../../consuming/parked-events.js';
import type { Subscription } from '../../consuming/subscription.js';
import { UndeliverableEvent } from '../../event/undeliverable-event.js';
import { failureReason } from '../../failure-reason.js';
import { isPassing } from '../../is-passing.js';
import type { ConsumerTries } from './consumer-bounds.js';
import type { ConsumptionObserver } from './consumption-observer.js';
import type { EventInHand } from './event-in-hand.js';
import type { Turns } from './turns.js';

/** Between two tries while what a handler needs is away: found again within some seconds, however long it was. */
const OUTAGE_RETRY_MAX_MS = 5_000;

/** What stands around consumers. */
export interface ConsumerSurroundings {
  readonly delivery: EventDelivery;
  readonly parked: ParkedEvents;
  readonly observer: ConsumptionObserver;
  readonly clock: Clock;
  readonly tries: ConsumerTries;
}

/** Decides what becomes of an event that a consumer was given. */
export class EventTaker {
  private readonly logger = new Logger(EventTaker.name);

  constructor(
    private readonly subscription: Subscription,
    private readonly around: ConsumerSurroundings,
    /** Those of all consumers of the process: what runs holds a connection to Postgres. */
    private readonly turns: Turns,
  ) {}

  /**
   * Never rejects: the event is settled afterwards, or the broker hears no more of it and gives it to another.
   * @param signal aborted when nobody waits for the event any more: then it is given back as soon as it only waits
   */
  async take(hand: EventInHand, signal: AbortSignal): Promise<void> {
    try {
      await this.settle(hand, signal);
    } catch (error) {
      // A mistake around the handlers: without an end the event would give signs of life for ever.
      this.logger.error(`${this.subscription.consumer} can't take an event of ${hand.type}: ${failureReason(error)}`);
      hand.retryAfter(this.around.tries.retryMaxMs);
    }
  }

  private async settle(hand: EventInHand, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return hand.giveBack();
    const { triesMax } = this.around.tries;
    if (hand.deliveries > triesMax) {
      const reason = `It was given to consumers ${hand.deliveries - 1} times, and none has said what became of it.`;
      return this.park(hand, reason, signal);
    }
    try {
      const { event, sender } = hand;
      await this.patiently(() => this.around.delivery.deliver(this.subscription, event, sender), signal);
      hand.done();
    } catch (error) {
      if (isInterruption(error, signal)) return hand.giveBack();
      if (error instanceof UndeliverableEvent || hand.deliveries >= triesMax)
        return this.park(hand, failureReason(error), signal);
      this.retryLater(hand);
    }
  }

  private retryLater(hand: EventInHand): void {
    const { retryBaseMs, retryMaxMs } = this.around.tries;
    hand.retryAfter(doublingDelayMs(hand.deliveries, { firstMs: retryBaseMs, maxMs: retryMaxMs }));
  }

  /** What can't be parked is not given up either. */
  private async park(hand: EventInHand, reason: string, signal: AbortSignal): Promise<void> {
    const { parked, clock, observer } = this.around;
    const { consumer } = this.subscription;
    const { id: eventId, type, envelope } = hand;
    const event = { consumer, eventId, type, envelope, reason };
    try {
      await this.patiently(() => parked.park({ ...event, parkedAt: clock.now() }), signal);
    } catch (error) {
      if (isInterruption(error, signal)) return hand.giveBack();
      this.logger.error(`${consumer} can't park the event ${eventId}: ${failureReason(error)}`);
      return this.retryLater(hand);
    }
    hand.end();
    observer.parked(consumer, type);
    this.logger.warn(`${consumer} has parked the event ${eventId} of ${type}: ${reason}`);
  }

  /**
   * Tries again, without giving the event back, for as long as only what it needs is away: the tries of an event are not
   * used up by an outage. While it waits for the next try, its turn is another's.
   */
  private async patiently(work: () => Promise<unknown>, signal: AbortSignal): Promise<void> {
    const { retryBaseMs, retryMaxMs } = this.around.tries;
    const bounds = { firstMs: retryBaseMs, maxMs: Math.min(retryMaxMs, OUTAGE_RETRY_MAX_MS) };
    for (let failures = 1; ; failures += 1) {
      try {
        await this.turns.run(work, signal);
        return;
      } catch (error) {
        if (!isPassing(error)) throw error;
        await delay(doublingDelayMs(failures, bounds), undefined, { signal });
      }
    }
  }
}

/** The wait was ended, and nothing has failed. */
const isInterruption = (error: unknown, signal: AbortSignal): boolean =>
  signal.aborted && (error as { readonly name?: unknown } | undefined)?.name === 'AbortError';
