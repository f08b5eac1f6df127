import type { Provider, Type } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { Clock } from '#kernel/clock';
import { EventDelivery } from '../consuming/event-delivery.js';
import { ParkedEvents } from '../consuming/parked-events.js';
import { Subscriptions } from '../consuming/subscriptions.js';
import { EventPublisher } from '../publishing/event-publisher.js';
import { BrokerExpectation } from './connection/broker-expectation.js';
import { MissingBroker } from './connection/missing-broker.js';
import { NatsConnection } from './connection/nats-connection.js';
import { NatsHealth } from './connection/nats-health.js';
import type { ConsumerTries } from './consuming/consumer-bounds.js';
import { ConsumptionObserver } from './consuming/consumption-observer.js';
import type { ConsumerSurroundings } from './consuming/event-taker.js';
import { JetStreamConsumers } from './consuming/jetstream-consumers.js';
import { NatsSettings } from './nats.settings.js';
import { JetStreamPublisher } from './publishing/jetstream-publisher.js';
import { EventStream } from './stream/event-stream.js';

/** What the adapters need of whoever wires them, beside the ports of messaging. */
export interface NatsWiring {
  /** Answers the port of the publisher where no broker is configured; only the chosen one is made. */
  readonly inProcess: Type<EventPublisher>;
  /** The settings that say how often an event is tried. */
  readonly tries: Type<ConsumerTries>;
  /** Is told of what consumers park. */
  readonly observer: Type<ConsumptionObserver>;
}

const CONSUMER_SURROUNDINGS = Symbol('what stands around consumers of the broker');

/** The broker's adapters. Without NATS_URL they are there and rest, and the publisher is the one in the process. */
export const natsProviders = ({ inProcess, tries, observer }: NatsWiring): readonly Provider[] => [
  NatsConnection,
  NatsHealth,
  MissingBroker,
  { provide: BrokerExpectation, useValue: new BrokerExpectation(false) },
  EventStream,
  { provide: ConsumptionObserver, useClass: observer },
  {
    provide: EventPublisher,
    inject: [ModuleRef, NatsSettings],
    useFactory: (moduleRef: ModuleRef, { urls }: NatsSettings): Promise<EventPublisher> =>
      moduleRef.create<EventPublisher>(urls === undefined ? inProcess : JetStreamPublisher),
  },
  {
    provide: CONSUMER_SURROUNDINGS,
    inject: [EventDelivery, ParkedEvents, ConsumptionObserver, Clock, tries],
    useFactory: (...[delivery, parked, told, clock, bounds]: Surroundings): ConsumerSurroundings => ({
      delivery,
      parked,
      observer: told,
      clock,
      tries: bounds,
    }),
  },
  {
    provide: JetStreamConsumers,
    inject: [NatsSettings, NatsConnection, EventStream, Subscriptions, CONSUMER_SURROUNDINGS],
    useFactory: (...args: Consumers) => new JetStreamConsumers(...args),
  },
];

type Surroundings = [EventDelivery, ParkedEvents, ConsumptionObserver, Clock, ConsumerTries];
type Consumers = [NatsSettings, NatsConnection, EventStream, Subscriptions, ConsumerSurroundings];
