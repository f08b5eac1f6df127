import { jetstream, jetstreamManager, type JetStreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import type { NatsServer } from '#platform/testing';

const STREAM = 'mainstay';

/** A message as the stream holds it. */
export interface StoredEvent {
  readonly sequence: number;
  readonly messageId: string;
  readonly type: string;
  readonly id: string;
  readonly subject: string;
}

/** A message on its way to the stream, whether that takes it or knows it already. */
export type PublishedEvent = Pick<StoredEvent, 'messageId' | 'id'>;

/**
 * Looks at the stream past the services, and puts in it what they never would. Written so that Node runs it as it is:
 * `npm run verify` looks, too.
 */
export class EventWitness {
  private readonly connection: NatsConnection;
  private readonly manager: JetStreamManager;
  private readonly stream: string;

  private constructor(connection: NatsConnection, manager: JetStreamManager, stream: string) {
    this.connection = connection;
    this.manager = manager;
    this.stream = stream;
  }

  static async at({ url }: Pick<NatsServer, 'url'>, stream = STREAM): Promise<EventWitness> {
    const connection = await connect({ servers: url, reconnect: false }); // ends with the broker, whoever closes it
    return new EventWitness(connection, await jetstreamManager(connection), stream);
  }

  /** Every event of the stream, or those of one family, as they were stored. */
  async events(family = ''): Promise<readonly StoredEvent[]> {
    const { state } = await this.manager.streams.info(this.stream);
    const events: StoredEvent[] = [];
    for (let sequence = state.first_seq; sequence <= state.last_seq; sequence += 1) {
      const message = await this.manager.streams.getMessage(this.stream, { seq: sequence });
      if (!message?.subject.startsWith(family)) continue;
      const { id, subject } = message.json<{ id: string; subject: string }>();
      events.push({ sequence, messageId: message.header.get('Nats-Msg-Id'), type: message.subject, id, subject });
    }
    return events;
  }

  /** What is published from now on, filled as it comes. */
  async published(subjects: string): Promise<readonly PublishedEvent[]> {
    const seen: PublishedEvent[] = [];
    this.connection.subscribe(subjects, {
      callback: (_error, message) => {
        const { id } = message.json<{ id: string }>();
        seen.push({ messageId: message.headers?.get('Nats-Msg-Id') ?? '', id });
      },
    });
    await this.connection.flush(); // from here on the broker knows of it
    return seen;
  }

  async put(type: string, message: string): Promise<void> {
    await jetstream(this.connection).publish(type, message);
  }

  /** Of a durable consumer: what was given out and not confirmed, and what was not given out yet. */
  async backlogOf(consumer: string): Promise<{ readonly inHand: number; readonly waiting: number }> {
    const { num_ack_pending: inHand, num_pending: waiting } = await this.manager.consumers.info(this.stream, consumer);
    return { inHand, waiting };
  }

  close(): Promise<void> {
    return this.connection.close();
  }
}
