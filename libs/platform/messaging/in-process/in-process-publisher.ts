import { Injectable } from '@nestjs/common';
import { activeTraceParent } from '#platform/tracing';
import { EventDelivery } from '../consuming/event-delivery.js';
import { Subscriptions } from '../consuming/subscriptions.js';
import type { CloudEvent } from '../event/cloud-event.js';
import { UndeliverableEvent } from '../event/undeliverable-event.js';
import { isPassing } from '../is-passing.js';
import { EventPublisher } from '../publishing/event-publisher.js';

/** Each takes a connection of the pool for as long as its handler runs: the greater part of it is for requests. */
const DELIVERIES_MAX = 3;

/**
 * Without a broker: the relay hands events to the consumers of this very process, and an event is safe when each of them
 * has taken it. One that fails keeps none of the others from it; they know the event when it comes again.
 */
@Injectable()
export class InProcessPublisher extends EventPublisher {
  override readonly system = 'in_process';
  override readonly concurrency = DELIVERIES_MAX;

  constructor(
    private readonly subscriptions: Subscriptions,
    private readonly delivery: EventDelivery,
  ) {
    super();
  }

  override async publish(event: CloudEvent): Promise<void> {
    const failures: unknown[] = [];
    const sender = { system: this.system, traceparent: activeTraceParent() };
    for (const subscription of this.subscriptions.concernedBy(event.type)) {
      await this.delivery.deliver(subscription, event, sender).catch((error: unknown) => failures.push(error));
    }
    if (failures.length > 0) throw whatCounts(failures);
  }
}

/** A fault of the event outweighs one that passes: it would be there also when that has passed. */
const whatCounts = (failures: readonly unknown[]): unknown =>
  failures.find((failure) => failure instanceof UndeliverableEvent) ?? failures.find(isLasting) ?? failures[0];

const isLasting = (failure: unknown): boolean => !isPassing(failure);
