import type { JsMsg } from '@nats-io/jetstream';
import type { CloudEvent } from '../../event/cloud-event.js';
import type { EventSender } from '../../event/event-span.js';
import { EventUnreadable } from '../../event/event-unreadable.js';
import { parseCloudEvent } from '../../event/parse-cloud-event.js';
import { MESSAGING_SYSTEM } from '../messaging-system.js';

/** Two may get lost before the broker takes the event for abandoned. */
const SIGNS_PER_ACK_WAIT = 3;

/** An event that the broker has given us, until it is told what became of it. It gives signs of life meanwhile. */
export class EventInHand {
  private readonly signs: NodeJS.Timeout;
  private settled = false;
  private readonly read: CloudEvent | EventUnreadable;
  /** As it came. Postgres has no text with a NUL in it, and JSON neither: it shows as what it is, unreadable. */
  readonly envelope: string;

  constructor(
    private readonly message: JsMsg,
    ackWaitMs: number,
  ) {
    this.envelope = new TextDecoder().decode(message.data).replaceAll('\0', '\uFFFD');
    this.read = readEvent(this.envelope, message.subject);
    this.signs = setInterval(() => this.tell(() => message.working()), ackWaitMs / SIGNS_PER_ACK_WAIT).unref();
  }

  /** The type, as the broker has it. */
  get type(): string {
    return this.message.subject;
  }

  /** Of one that can't be read, a name that no other has, also when the stream is made anew. */
  get id(): string {
    const { stream, streamSequence, timestampNanos } = this.message.info;
    return this.read instanceof EventUnreadable ? `${stream}:${streamSequence}:${timestampNanos}` : this.read.id;
  }

  /** Order is kept for each: what can't be read stands alone. */
  get lane(): string {
    return this.read instanceof EventUnreadable ? this.id : this.read.subject;
  }

  /** How often it was given to anybody, this time included. */
  get deliveries(): number {
    return this.message.info.deliveryCount;
  }

  /** For its trace. */
  get sender(): EventSender {
    return { system: MESSAGING_SYSTEM, traceparent: this.message.headers?.get('traceparent') };
  }

  /** @throws EventUnreadable */
  get event(): CloudEvent {
    if (this.read instanceof EventUnreadable) throw this.read;
    return this.read;
  }

  /** It has had its effect. */
  done(): void {
    this.settle(() => this.message.ack());
  }

  /** Nobody shall try it any more. */
  end(): void {
    this.settle(() => this.message.term());
  }

  /** For anybody, at once. */
  giveBack(): void {
    this.settle(() => this.message.nak());
  }

  /** For anybody, after so many milliseconds. */
  retryAfter(delayMs: number): void {
    this.settle(() => this.message.nak(delayMs));
  }

  private settle(say: () => void): void {
    if (this.settled) return;
    this.settled = true;
    clearInterval(this.signs);
    this.tell(say);
  }

  private tell(say: () => void): void {
    try {
      say();
    } catch {
      // The link is gone: without a word the broker gives the event to another, in its time.
    }
  }
}

function readEvent(envelope: string, subject: string): CloudEvent | EventUnreadable {
  try {
    const event = parseCloudEvent(envelope);
    return event.type === subject ? event : new EventUnreadable('its type is not the subject that it came under');
  } catch (error) {
    if (error instanceof EventUnreadable) return error;
    throw error;
  }
}
