import type { Provider, Type } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { Clock } from '#kernel/clock';
import { Dependencies } from '#platform/resilience';
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
import type { JetStreamConsumers } from './consuming/jetstream-consumers.js';
import { NatsSettings } from './nats.settings.js';
import type { EventStream } from './stream/event-stream.js';

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

/** Null without a broker. */
const EVENT_STREAM = Symbol('the stream of all events');
/** They are found by what they are: a work in the background. Null without a broker. */
export const BROKER_CONSUMERS = Symbol('consumers of the broker');

/** What stands on the broker's client, which is a hundred files that nobody reads who has no broker. */
const adapters = () => import('./nats.adapters.js');

/** The broker's adapters. Without NATS_URL they are not there, and the publisher is the one in the process. */
export const natsProviders = ({ inProcess, tries, observer }: NatsWiring): readonly Provider[] => [
  NatsConnection,
  NatsHealth,
  MissingBroker,
  { provide: BrokerExpectation, useValue: new BrokerExpectation(false) },
  { provide: ConsumptionObserver, useClass: observer },
  {
    provide: EVENT_STREAM,
    inject: [NatsSettings],
    useFactory: async (settings: NatsSettings): Promise<EventStream | null> =>
      settings.urls === undefined ? null : new (await adapters()).EventStream(settings),
  },
  {
    provide: EventPublisher,
    inject: [ModuleRef, NatsSettings, NatsConnection, EVENT_STREAM, Dependencies],
    useFactory: async (moduleRef: ModuleRef, ...[settings, connection, stream, dependencies]: Publisher) =>
      stream === null
        ? moduleRef.create(inProcess)
        : new (await adapters()).JetStreamPublisher(settings, connection, stream, dependencies),
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
    provide: BROKER_CONSUMERS,
    inject: [NatsSettings, NatsConnection, EVENT_STREAM, Subscriptions, CONSUMER_SURROUNDINGS],
    useFactory: async (...[settings, connection, stream, ...rest]: Consumers): Promise<JetStreamConsumers | null> =>
      stream === null ? null : new (await adapters()).JetStreamConsumers(settings, connection, stream, ...rest),
  },
];

type Publisher = [NatsSettings, NatsConnection, EventStream | null, Dependencies];
type Surroundings = [EventDelivery, ParkedEvents, ConsumptionObserver, Clock, ConsumerTries];
type Consumers = [NatsSettings, NatsConnection, EventStream | null, Subscriptions, ConsumerSurroundings];
