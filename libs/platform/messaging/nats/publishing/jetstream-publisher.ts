import { jetstream } from '@nats-io/jetstream';
import { headers, type MsgHdrs } from '@nats-io/transport-node';
import { Injectable } from '@nestjs/common';
import { traceIdOf } from '#platform/context';
import { Dependencies, type Dependency, DependencyFailure, type DependencyPolicy } from '#platform/resilience';
import { activeTraceParent } from '#platform/tracing';
import type { CloudEvent } from '../../event/cloud-event.js';
import { eventTypeOf } from '../../event/event-type.js';
import { BrokerUnavailable, EventPublisher } from '../../publishing/event-publisher.js';
import type { BrokerLink } from '../connection/broker-link.js';
import { NatsConnection } from '../connection/nats-connection.js';
import { MESSAGING_SYSTEM } from '../messaging-system.js';
import { NatsSettings } from '../nats.settings.js';
import { EventStream } from '../stream/event-stream.js';
import { subjectsOf } from '../stream/stream-subjects.js';
import { EventRefused } from './event-refused.js';
import { isUnheard, publishFailure } from './publish-failure.js';

/** Confirmations take a millisecond or two: sixteen on their way are some thousands of events in a second. */
const CONCURRENT_MAX = 16;

/** No retries of its own: whoever publishes tries again, in its own time. That is why the circuit is open for so short. */
const policyOf = ({ publishTimeoutMs }: NatsSettings): DependencyPolicy => ({
  name: 'nats',
  attemptTimeoutMs: publishTimeoutMs,
  totalTimeoutMs: publishTimeoutMs,
  retry: { attemptsMax: 1, baseDelayMs: 0, maxDelayMs: 0, budgetRatio: 0 },
  breaker: { failureRatio: 0.5, callsMin: 10, windowMs: 10_000, openMs: 1_000, probes: 1 },
  bulkhead: { concurrentMax: CONCURRENT_MAX, queuedMax: CONCURRENT_MAX },
});

/** Publishes to the stream: an event is safe when the broker has confirmed that it is stored. */
@Injectable()
export class JetStreamPublisher extends EventPublisher {
  override readonly system = MESSAGING_SYSTEM;
  override readonly concurrency = CONCURRENT_MAX;
  private readonly dependency: Dependency;

  constructor(
    private readonly settings: NatsSettings,
    private readonly connection: NatsConnection,
    private readonly stream: EventStream,
    dependencies: Dependencies,
  ) {
    super();
    this.dependency = dependencies.declare(policyOf(settings));
  }

  /** @throws EventRefused, which is this event's own; BrokerUnavailable for all else */
  override async publish(event: CloudEvent, messageId: string): Promise<void> {
    if (eventTypeOf(event.type) === null) throw new EventRefused('its type is no subject');
    try {
      await this.dependency.call(() => this.send(event, messageId), { operation: 'events.publish', idempotent: true });
    } catch (error) {
      if (error instanceof EventRefused) throw error;
      // Whatever it was: where somebody else listens, a stream that is gone looks like a broker that is silent.
      this.stream.forget();
      throw new BrokerUnavailable({ cause: error });
    }
  }

  private async send(event: CloudEvent, messageId: string): Promise<void> {
    const link = this.connection.current;
    if (link === null) throw new DependencyFailure('retryable', 'The broker is not connected.');
    await this.stream.ensure(link, [subjectsOf(event.type)]);
    if (await this.isStored(link, event, messageId)) return;
    this.stream.forget();
    await this.stream.ensure(link, [subjectsOf(event.type)]);
    if (await this.isStored(link, event, messageId)) return;
    throw new DependencyFailure('retryable', 'No stream takes the event.');
  }

  /** False when nobody takes the subject: the stream is gone. */
  private async isStored({ client }: BrokerLink, event: CloudEvent, messageId: string): Promise<boolean> {
    const timeout = this.settings.publishTimeoutMs;
    const options = { msgID: messageId, headers: headersOf(event) };
    try {
      await jetstream(client, { timeout }).publish(event.type, JSON.stringify(event), options);
      return true;
    } catch (error) {
      if (isUnheard(error)) return false;
      throw publishFailure(error);
    }
  }
}

/** In the header stands who sends it, in the event in whose request it happened: as the extension of CloudEvents has it. */
function headersOf(event: CloudEvent): MsgHdrs {
  const traceparent = activeTraceParent() ?? event.traceparent;
  const all = headers();
  all.set('Content-Type', 'application/cloudevents+json');
  if (traceIdOf(traceparent) !== null) all.set('traceparent', traceparent);
  return all;
}
