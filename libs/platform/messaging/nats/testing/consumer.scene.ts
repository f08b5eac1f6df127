import { once, EventEmitter } from 'node:events';
import { SystemClock } from '#kernel/clock';
import { type DeliveryResult, EventDelivery, UnknownEventVersion } from '../../consuming/event-delivery.js';
import { type ParkedEvent, ParkedEvents } from '../../consuming/parked-events.js';
import { type EventHandler, Subscription } from '../../consuming/subscription.js';
import type { Subscriptions } from '../../consuming/subscriptions.js';
import type { CloudEvent } from '../../event/cloud-event.js';
import { CONSUMER_BOUNDS, type ConsumerBounds, type ConsumerTries } from '../consuming/consumer-bounds.js';
import { ConsumptionObserver } from '../consuming/consumption-observer.js';
import { JetStreamConsumers } from '../consuming/jetstream-consumers.js';
import type { Peer } from './broker.scene.js';

/** Runs handlers, remembers events that were consumed, and notes every try: the inbox of several processes. */
export class RecordingDelivery extends EventDelivery {
  readonly consumed: CloudEvent[] = [];
  readonly tries: { readonly id: string; readonly atMs: number }[] = [];
  private readonly told = new EventEmitter();

  override async deliver(subscription: Subscription, event: CloudEvent): Promise<DeliveryResult> {
    this.tries.push({ id: event.id, atMs: performance.now() });
    this.told.emit('change');
    if (this.consumed.some(({ id }) => id === event.id)) return 'duplicate';
    const handler = subscription.handlerOf(event.type);
    if (handler === null) throw new UnknownEventVersion(subscription.consumer, event.type);
    await handler(event);
    this.consumed.push(event);
    this.told.emit('change');
    return 'consumed';
  }

  triesOf(id: string): number {
    return this.tries.filter((one) => one.id === id).length;
  }

  /** Resolves when it holds, looking at it after each try and each end. */
  async until(holds: () => boolean): Promise<void> {
    while (!holds()) await once(this.told, 'change');
  }

  untilConsumed(count: number): Promise<void> {
    return this.until(() => this.consumed.length >= count);
  }
}

export class MemoryParkedEvents extends ParkedEvents {
  readonly events: ParkedEvent[] = [];
  /** Thrown by `park`, while there is one. */
  failure: Error | null = null;
  private readonly told = new EventEmitter();

  override async park(event: ParkedEvent): Promise<void> {
    this.told.emit('asked');
    if (this.failure !== null) throw this.failure;
    this.events.push(event);
    this.told.emit('change');
  }

  async untilParked(count: number): Promise<void> {
    while (this.events.length < count) await once(this.told, 'change');
  }

  async untilAsked(times: number): Promise<void> {
    for (let time = 0; time < times; time += 1) await once(this.told, 'asked');
  }

  override async list(limit: number): Promise<readonly ParkedEvent[]> {
    return this.events.slice(0, limit);
  }

  override async find(consumer: string, eventId: string): Promise<ParkedEvent | null> {
    return this.events.find((event) => event.consumer === consumer && event.eventId === eventId) ?? null;
  }

  override async remove(): Promise<void> {}

  override async count(): Promise<number> {
    return this.events.length;
  }
}

export class CountingObserver extends ConsumptionObserver {
  readonly told: string[] = [];

  override parked(consumer: string, type: string): void {
    this.told.push(`${consumer} ${type}`);
  }
}

/** What several processes share, the broker aside. */
export const aStore = () => ({
  delivery: new RecordingDelivery(),
  parked: new MemoryParkedEvents(),
  observer: new CountingObserver(),
});

/** Quick ones: a wait between tries that a test can hear, and no more. */
export const QUICK_TRIES: ConsumerTries = { triesMax: 3, retryBaseMs: 50, retryMaxMs: 400 };
export const QUICK_BOUNDS: ConsumerBounds = {
  ...CONSUMER_BOUNDS,
  ackWaitMs: 1_500,
  pullMs: 2_000,
  heartbeatMs: 500,
  stopMs: 1_000,
};

export const ordersSubscription = (handler: EventHandler): Subscription =>
  new Subscription('order-watcher', [{ family: 'orders.order-placed', version: 1, handler }]);

interface Consuming {
  readonly store: ReturnType<typeof aStore>;
  readonly subscription: Subscription;
  /** Further ones of the same process. */
  readonly others?: readonly Subscription[];
  readonly bounds?: Partial<ConsumerBounds>;
  readonly tries?: Partial<ConsumerTries>;
}

/** The consumers of a process, started. */
export function consuming(
  peer: Peer,
  { store, subscription, others = [], bounds = {}, tries = {} }: Consuming,
): JetStreamConsumers {
  const around = { ...store, clock: new SystemClock(), tries: { ...QUICK_TRIES, ...tries } };
  const subscriptions = { all: [subscription, ...others] } as unknown as Subscriptions;
  const { settings, connection, stream } = peer;
  const consumers = new JetStreamConsumers(settings, connection, stream, subscriptions, around, {
    ...QUICK_BOUNDS,
    ...bounds,
  });
  consumers.start();
  return consumers;
}
