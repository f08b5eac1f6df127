import { Injectable } from '@nestjs/common';
import { eventTypeOf } from '../event/event-type.js';
import { ConsumptionObserver } from '../nats/consuming/consumption-observer.js';
import { DeliveryLog } from './delivery-log.js';
import { Subscriptions } from './subscriptions.js';

/** Counts what consumers of the broker park. Versions that nobody knows count as one: they come from outside. */
@Injectable()
export class ParkedAtBroker extends ConsumptionObserver {
  constructor(
    private readonly subscriptions: Subscriptions,
    private readonly log: DeliveryLog,
  ) {
    super();
  }

  override parked(_consumer: string, type: string): void {
    const known = this.subscriptions.concernedBy(type).some((subscription) => subscription.handlerOf(type) !== null);
    this.log.parked(known ? type : `${eventTypeOf(type)?.family ?? 'unknown'}.other`);
  }
}
