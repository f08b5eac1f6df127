import {
  AckPolicy,
  type Consumer,
  type ConsumerConfig,
  type ConsumerInfo,
  DeliverPolicy,
  jetstream,
  JetStreamApiCodes,
  type JetStreamManager,
} from '@nats-io/jetstream';
import { millis, nanos } from '@nats-io/transport-node';
import type { Subscription } from '../../consuming/subscription.js';
import type { BrokerLink } from '../connection/broker-link.js';
import { type EventStream, isApiError } from '../stream/event-stream.js';
import { subjectsOf } from '../stream/stream-subjects.js';
import type { ConsumerBounds } from './consumer-bounds.js';
import { filterSubjectOf } from './filter-subject.js';

export interface OpenedDurable {
  readonly consumer: Consumer;
  /** As it is on the broker: an operator may have changed it. */
  readonly ackWaitMs: number;
}

/** What the broker remembers of one consumer, for all its processes: what has been given out, and what was confirmed. */
export class Durable {
  private readonly filterSubject: string;

  constructor(
    private readonly subscription: Subscription,
    private readonly stream: EventStream,
    private readonly bounds: ConsumerBounds,
  ) {
    this.filterSubject = filterSubjectOf(subscription.families);
  }

  /** Makes it, and the stream, where they are missing. @throws whatever the broker says against it */
  async open(link: BrokerLink): Promise<OpenedDurable> {
    this.stream.forget();
    await this.stream.ensure(link, [...new Set(this.subscription.families.map(subjectsOf))]);
    const { consumers } = await this.stream.manager(link);
    const info = await this.provision(consumers);
    const consumer = jetstream(link.client).consumers.getConsumerFromInfo(info);
    return { consumer, ackWaitMs: millis(info.config.ack_wait ?? nanos(this.bounds.ackWaitMs)) };
  }

  private async provision(consumers: JetStreamManager['consumers']): Promise<ConsumerInfo> {
    const info = await this.find(consumers);
    if (info === null) return consumers.add(this.stream.name, this.configured());
    if ((info.config.filter_subject ?? '>') === this.filterSubject) return info;
    const filter = { filter_subject: this.filterSubject };
    return consumers.update(this.stream.name, this.subscription.consumer, filter);
  }

  private async find(consumers: JetStreamManager['consumers']): Promise<ConsumerInfo | null> {
    try {
      return await consumers.info(this.stream.name, this.subscription.consumer);
    } catch (error) {
      if (isApiError(error, JetStreamApiCodes.ConsumerNotFound)) return null;
      throw error;
    }
  }

  /** No `max_deliver`: the broker would drop silently what we park with its reason. */
  private configured(): Partial<ConsumerConfig> {
    return {
      durable_name: this.subscription.consumer,
      ack_policy: AckPolicy.Explicit,
      deliver_policy: DeliverPolicy.All,
      filter_subject: this.filterSubject,
      ack_wait: nanos(this.bounds.ackWaitMs),
      max_ack_pending: this.bounds.ackPendingMax,
    };
  }
}
