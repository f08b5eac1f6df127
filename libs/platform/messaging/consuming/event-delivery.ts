import type { CloudEvent } from '../event/cloud-event.js';
import type { EventSender } from '../event/event-span.js';
import { UndeliverableEvent } from '../event/undeliverable-event.js';
import type { Subscription } from './subscription.js';

/** `duplicate`: it had been consumed before, and nothing was done. */
export type DeliveryResult = 'consumed' | 'duplicate';

/** The event is of a version that the consumer does not know: it waits for one that does. */
export class UnknownEventVersion extends UndeliverableEvent {
  override readonly name = 'UnknownEventVersion';

  constructor(consumer: string, type: string) {
    super(`The consumer ${consumer} does not know the version of ${type}.`);
  }
}

/** Hands an event to a consumer, with exactly one effect however often it comes. */
export abstract class EventDelivery {
  /**
   * Runs the consumer's handler in a unit of work with the memory that it has run, under the trace of the event, for at
   * most the configured time. It tells the log and the metrics of the outcome.
   * @param sender for its trace: who has handed it over
   * @throws UnknownEventVersion, and whatever the handler throws, after its changes are undone
   */
  abstract deliver(subscription: Subscription, event: CloudEvent, sender?: EventSender): Promise<DeliveryResult>;
}
