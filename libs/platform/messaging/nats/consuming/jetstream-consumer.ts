import type { ConsumerMessages, JsMsg } from '@nats-io/jetstream';
import { Logger } from '@nestjs/common';
import { setTimeout as delay } from 'node:timers/promises';
import { doublingDelayMs } from '#platform/resilience';
import type { Subscription } from '../../consuming/subscription.js';
import type { BrokerLink } from '../connection/broker-link.js';
import type { NatsConnection } from '../connection/nats-connection.js';
import type { EventStream } from '../stream/event-stream.js';
import type { ConsumerBounds } from './consumer-bounds.js';
import { Durable, type OpenedDurable } from './durable.js';
import { EventInHand } from './event-in-hand.js';
import { type ConsumerSurroundings, EventTaker } from './event-taker.js';
import { Hands } from './hands.js';
import { Lanes } from './lanes.js';
import type { Turns } from './turns.js';

/** Waits before the broker is asked again after it has said no. */
const REOPEN = { firstMs: 100, maxMs: 5_000 };

export interface ConsumerOptions {
  readonly connection: NatsConnection;
  readonly stream: EventStream;
  readonly around: ConsumerSurroundings;
  readonly bounds: ConsumerBounds;
  /** Events that this consumer holds at one time, those that wait for their turn included. */
  readonly handsMax: number;
  readonly turns: Turns;
}

/** Takes the events of one subscription from the broker, for as long as the process serves. */
export class JetStreamConsumer {
  private readonly logger = new Logger(JetStreamConsumer.name);
  private readonly stopping = new AbortController();
  private readonly lanes = new Lanes();
  private readonly hands: Hands;
  private readonly durable: Durable;
  private readonly taker: EventTaker;
  private pulled: ConsumerMessages | null = null;
  private life: Promise<void> = Promise.resolve();
  private reported: string | null = null;

  constructor(
    private readonly subscription: Subscription,
    private readonly options: ConsumerOptions,
  ) {
    this.hands = new Hands(options.handsMax);
    this.durable = new Durable(subscription, options.stream, options.bounds);
    this.taker = new EventTaker(subscription, options.around, options.turns);
  }

  start(): void {
    this.life = this.live();
  }

  /** What runs may finish, within the bound; what waits, and what has come too late, is given back at once. */
  async stop(): Promise<void> {
    this.stopping.abort();
    this.pulled?.stop();
    const expired = new AbortController();
    const expiry = delay(this.options.bounds.stopMs, undefined, { signal: expired.signal }).catch(() => undefined);
    const finished = this.life.then(() => this.hands.whenEmpty());
    await Promise.race([finished, expiry]).finally(() => expired.abort());
    this.hands.giveBackAll();
  }

  private async live(): Promise<void> {
    const { signal } = this.stopping;
    for (let failures = 0; !signal.aborted;) {
      try {
        const link = await this.options.connection.whenConnected(signal);
        const opened = await this.durable.open(link);
        this.report('');
        await this.pull(link, opened);
        failures = 0;
      } catch (error) {
        if (signal.aborted) return;
        failures += 1;
        this.report(error instanceof Error ? error.message : 'for an unknown reason');
      }
      await delay(doublingDelayMs(Math.max(failures, 1), REOPEN), undefined, { signal }).catch(() => undefined);
    }
  }

  /** Until the link is lost, or the durable. */
  private async pull(link: BrokerLink, { consumer, ackWaitMs }: OpenedDurable): Promise<void> {
    const { pullMs, heartbeatMs } = this.options.bounds;
    const lost = new AbortController();
    void link.closed.then(() => lost.abort());
    const signal = AbortSignal.any([lost.signal, this.stopping.signal]);
    while (!signal.aborted) {
      await this.hands.whenFree();
      if (signal.aborted) return;
      const request = { max_messages: this.hands.free, expires: pullMs, idle_heartbeat: heartbeatMs };
      this.pulled = await consumer.fetch(request);
      if (signal.aborted) this.pulled.stop();
      for await (const message of this.pulled) this.accept(message, ackWaitMs, signal);
    }
  }

  private accept(message: JsMsg, ackWaitMs: number, signal: AbortSignal): void {
    // The broker's one filter may be wider than the subscription.
    if (!this.subscription.concerns(message.subject)) return message.ack();
    const hand = new EventInHand(message, ackWaitMs);
    this.hands.hold(
      hand,
      this.lanes.run(hand.lane, () => this.taker.take(hand, signal)),
    );
  }

  /** Once for each change. */
  private report(failure: string): void {
    if (failure === this.reported) return;
    this.reported = failure;
    const { consumer } = this.subscription;
    if (failure === '') this.logger.log(`${consumer} hears of events.`);
    else this.logger.warn(`${consumer} hears of no events, trying on: ${failure}`);
  }
}
