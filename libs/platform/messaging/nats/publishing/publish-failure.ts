import { JetStreamApiError } from '@nats-io/jetstream';
import { errors } from '@nats-io/transport-node';
import { DependencyFailure } from '#platform/resilience';
import { EventRefused } from './event-refused.js';

/**
 * Refusals with a status of 4xx that say something of the account or the stream, and nothing of the event: resource
 * limits exceeded (10002), sealed stream (10109), the same id is on its way already (10158). nats-server/server/errors.json
 */
const OF_THE_STREAM = new Set([10_002, 10_109, 10_158]);

/** Nobody takes the subject: there is no stream for it, or no JetStream. */
export const isUnheard = (error: unknown): boolean =>
  error instanceof Error && error.cause instanceof errors.RequestError && error.cause.isNoResponders();

/** What became of one attempt to publish, in the words of resilience. */
export function publishFailure(error: unknown): DependencyFailure {
  if (isRefusalOfEvent(error)) return new EventRefused(error.message, { cause: error });
  const message = error instanceof Error ? error.message : 'unknown';
  return new DependencyFailure('retryable', `The event was not confirmed: ${message}`, { cause: error });
}

function isRefusalOfEvent(error: unknown): error is Error {
  // The client's own checks: a payload above the server's limit, a subject that is none.
  if (error instanceof errors.InvalidArgumentError || error instanceof errors.InvalidSubjectError) return true;
  if (!(error instanceof JetStreamApiError) || OF_THE_STREAM.has(error.code)) return false;
  return error.status >= 400 && error.status < 500;
}
