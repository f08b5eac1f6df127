import { Injectable } from '@nestjs/common';
import { BackgroundWork } from '#platform/lifecycle';
import type { Subscriptions } from '../../consuming/subscriptions.js';
import type { NatsConnection } from '../connection/nats-connection.js';
import type { NatsSettings } from '../nats.settings.js';
import type { EventStream } from '../stream/event-stream.js';
import { CONSUMER_BOUNDS, type ConsumerBounds } from './consumer-bounds.js';
import type { ConsumerSurroundings } from './event-taker.js';
import { JetStreamConsumer } from './jetstream-consumer.js';
import { Turns } from './turns.js';

/**
 * One durable consumer for each subscription of the process. Each may hold as many events as may run at all, so that one
 * alone can use every turn; that many run only once, whichever consumers they belong to.
 */
@Injectable()
export class JetStreamConsumers extends BackgroundWork {
  private consumers: readonly JetStreamConsumer[] = [];

  constructor(
    private readonly settings: NatsSettings,
    private readonly connection: NatsConnection,
    private readonly stream: EventStream,
    private readonly subscriptions: Subscriptions,
    private readonly around: ConsumerSurroundings,
    private readonly bounds: ConsumerBounds = CONSUMER_BOUNDS,
  ) {
    super();
  }

  override start(): void {
    const { connection, stream, around, bounds } = this;
    const { consumerConcurrency: handsMax } = this.settings;
    const options = { connection, stream, around, bounds, handsMax, turns: new Turns(handsMax) };
    this.consumers = this.subscriptions.all.map((subscription) => new JetStreamConsumer(subscription, options));
    for (const consumer of this.consumers) consumer.start();
  }

  /** The connection hands over what was said last when it closes, which is after this. */
  override async stop(): Promise<void> {
    await Promise.all(this.consumers.map((consumer) => consumer.stop()));
  }
}
