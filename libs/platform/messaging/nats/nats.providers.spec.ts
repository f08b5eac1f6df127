import { describe, expect, it } from '@jest/globals';
import { Injectable } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { Test } from '@nestjs/testing';
import { Clock, SystemClock } from '#kernel/clock';
import { Dependencies } from '#platform/resilience';
import { EventDelivery } from '../consuming/event-delivery.js';
import { ParkedEvents } from '../consuming/parked-events.js';
import { Subscriptions } from '../consuming/subscriptions.js';
import { EventPublisher } from '../publishing/event-publisher.js';
import { JetStreamConsumers } from './consuming/jetstream-consumers.js';
import { BROKER_CONSUMERS, natsProviders } from './nats.providers.js';
import { NatsSettings } from './nats.settings.js';
import { JetStreamPublisher } from './publishing/jetstream-publisher.js';
import { natsSettings } from './testing/broker.scene.js';
import { CountingObserver, MemoryParkedEvents, QUICK_TRIES, RecordingDelivery } from './testing/consumer.scene.js';

class InProcessPublisher extends EventPublisher {
  override readonly system = 'in_process';
  override readonly concurrency = 1;
  override async publish(): Promise<void> {}
}

@Injectable()
class Tries {
  readonly triesMax = QUICK_TRIES.triesMax;
  readonly retryBaseMs = QUICK_TRIES.retryBaseMs;
  readonly retryMaxMs = QUICK_TRIES.retryMaxMs;
}

const wired = (url: string | undefined) =>
  Test.createTestingModule({
    imports: [DiscoveryModule],
    providers: [
      ...natsProviders({ inProcess: InProcessPublisher, tries: Tries, observer: CountingObserver }),
      Tries,
      Dependencies,
      Subscriptions,
      { provide: NatsSettings, useValue: natsSettings(url) },
      { provide: EventDelivery, useClass: RecordingDelivery },
      { provide: ParkedEvents, useClass: MemoryParkedEvents },
      { provide: Clock, useClass: SystemClock },
    ],
  });

describe('natsProviders', () => {
  it('publish in the process where no broker is configured, and consume nothing', async () => {
    const module = await wired(undefined).compile();

    expect(module.get(EventPublisher)).toBeInstanceOf(InProcessPublisher);
    expect(module.get(BROKER_CONSUMERS)).toBeNull();
  });

  it('publish to the broker where one is configured, and consume from it', async () => {
    const module = await wired('nats://127.0.0.1:1').compile();

    expect(module.get(EventPublisher)).toBeInstanceOf(JetStreamPublisher);
    expect(module.get(BROKER_CONSUMERS)).toBeInstanceOf(JetStreamConsumers);
  });
});
