import { join } from 'node:path';
import { Global, Module, type DynamicModule } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { PostgresModule, storeAdapter } from '#platform/postgres';
import { EventOutbox, UnitOfWorkModule } from '#platform/unit-of-work';
import { deliveryLogProviders } from './consuming/delivery-log.js';
import { EventDelivery } from './consuming/event-delivery.js';
import { InMemoryInbox } from './consuming/in-memory-inbox.js';
import { InMemoryParkedEvents } from './consuming/in-memory-parked-events.js';
import { Inbox } from './consuming/inbox.js';
import { ParkedEvents } from './consuming/parked-events.js';
import { ParkedAtBroker } from './consuming/parked-at-broker.js';
import { PostgresInbox } from './consuming/postgres-inbox.js';
import { PostgresParkedEvents } from './consuming/postgres-parked-events.js';
import { Subscriptions } from './consuming/subscriptions.js';
import { UnitOfWorkDelivery } from './consuming/unit-of-work-delivery.js';
import { InProcessPublisher } from './in-process/in-process-publisher.js';
import { MessagingSettings } from './messaging.settings.js';
import { BrokerExpectation } from './nats/connection/broker-expectation.js';
import { natsProviders } from './nats/nats.providers.js';
import { OutboxOperator } from './operator/outbox-operator.js';
import { InMemoryOutbox } from './outbox/in-memory-outbox.js';
import { OutboxArchive } from './outbox/outbox-archive.js';
import { OutboxBell } from './outbox/outbox-bell.js';
import { OutboxSweeper } from './outbox/outbox-sweeper.js';
import { outboxWatchProviders } from './outbox/outbox-watch.js';
import { Outbox } from './outbox/outbox.js';
import { PostgresOutbox } from './outbox/postgres-outbox.js';
import { OutboxRelay } from './publishing/outbox-relay.js';
import { publishLogProviders } from './publishing/publish-log.js';
import { RelayRound } from './publishing/relay-round.js';

/**
 * Units of work, and the events that they record, on their way to the consumers that take them. It needs
 * `PostgresModule.forRoot` beside it; consumers are discovered.
 */
@Global()
@Module({
  imports: [
    DiscoveryModule,
    UnitOfWorkModule,
    PostgresModule.forFeature({ entities: [], migrations: join(import.meta.dirname, 'migrations') }),
  ],
  providers: [
    storeAdapter({ port: Outbox, postgres: PostgresOutbox, memory: InMemoryOutbox }),
    storeAdapter({ port: Inbox, postgres: PostgresInbox, memory: InMemoryInbox }),
    storeAdapter({ port: ParkedEvents, postgres: PostgresParkedEvents, memory: InMemoryParkedEvents }),
    { provide: EventOutbox, useExisting: Outbox },
    { provide: EventDelivery, useClass: UnitOfWorkDelivery },
    ...natsProviders({ inProcess: InProcessPublisher, tries: MessagingSettings, observer: ParkedAtBroker }),
    OutboxBell,
    OutboxArchive,
    OutboxOperator,
    OutboxRelay,
    OutboxSweeper,
    RelayRound,
    Subscriptions,
    ...deliveryLogProviders,
    ...publishLogProviders,
    ...outboxWatchProviders,
  ],
  exports: [EventOutbox, Inbox, OutboxOperator],
})
export class MessagingModule {
  /**
   * For a service whose consumers take what other services tell: without a broker it says, at its start and on its
   * operations page, that it hears of nothing.
   */
  static hearingOthers(): DynamicModule {
    const expectation = { provide: BrokerExpectation, useValue: new BrokerExpectation(true) };
    return { module: MessagingModule, providers: [expectation] };
  }
}
