import { parseTraceParent } from '#platform/context';
import { activeTracer, errorTypeOf, type EntrySpan, type SpanAttributes } from '#platform/tracing';
import { isPassing } from '../is-passing.js';
import type { CloudEvent } from './cloud-event.js';

type SpannedEvent = Pick<CloudEvent, 'id' | 'type' | 'source' | 'traceparent'>;

const attributesOf = ({ id, type, source }: SpannedEvent): SpanAttributes => ({
  'messaging.destination.name': type,
  'messaging.message.id': id,
  'cloudevents.event_id': id,
  'cloudevents.event_type': type,
  'cloudevents.event_source': source,
});

/** An event on its way out, as a part of the trace of the request that made it happen; undefined while tracing is off. */
export const beginPublishSpan = (event: SpannedEvent): EntrySpan | undefined =>
  activeTracer()?.enter('producer', { parent: parseTraceParent(event.traceparent) });

/** @param system that it is given to, by the conventions' names */
export function endPublishSpan(span: EntrySpan, event: SpannedEvent, system: string, error?: unknown): void {
  const tell = () => ({
    name: `publish ${event.type}`,
    attributes: {
      'messaging.system': system,
      'messaging.operation.name': 'publish',
      'messaging.operation.type': 'send',
      ...attributesOf(event),
    },
  });
  span.end(tell, failureOf(error));
}

/** How an event has come to a consumer. */
export interface EventSender {
  /** That has handed it over, by the conventions' names: `messaging.system`. */
  readonly system: string;
  /** Of the span that has sent it, where one is known: else it is a part of what the event happened in. */
  readonly traceparent?: string | undefined;
}

/**
 * An event in the hands of a consumer, as a part of the same trace; undefined while tracing is off.
 * @param sender none where an operator has it redelivered
 */
export const beginProcessSpan = (event: SpannedEvent, sender: EventSender | undefined): EntrySpan | undefined =>
  activeTracer()?.enter('consumer', {
    parent: parseTraceParent(sender?.traceparent) ?? parseTraceParent(event.traceparent),
  });

export interface EventProcessed {
  readonly consumer: string;
  readonly sender: EventSender | undefined;
  readonly outcome: string;
  readonly error?: unknown;
}

export function endProcessSpan(
  span: EntrySpan,
  event: SpannedEvent,
  { consumer, sender, outcome, error }: EventProcessed,
): void {
  const tell = () => ({
    name: `process ${event.type}`,
    attributes: {
      'messaging.system': sender?.system,
      'messaging.operation.name': 'process',
      'messaging.operation.type': 'process',
      'messaging.consumer.group.name': consumer,
      'mainstay.event.outcome': outcome,
      ...attributesOf(event),
    },
  });
  span.end(tell, failureOf(error));
}

/** While what an event needs is away it is tried over and over: that is told where its trace is sampled, and not of each. */
const failureOf = (error: unknown) =>
  error === undefined ? undefined : { type: errorTypeOf(error), keep: !isPassing(error) };
