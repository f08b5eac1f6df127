import { ClientDisconnected } from '#platform/deadline';
import { TimeSpent } from '#platform/resilience';
import { errorTypeOf, type WorkFailure } from '#platform/tracing';

/** What a span says of an answer that is none: its status, else what is wrong with it. */
export const unusable = (type: string | number): WorkFailure => ({ type: String(type), isFault: true });

/** What a span says of an attempt that broke off: who ended it, else the driver's code. */
export function brokenOff(cause: unknown, { aborted, reason }: AbortSignal): WorkFailure {
  if (!aborted) return { type: errorTypeOf(cause), isFault: true };
  if (isUnwanted(reason)) return { type: 'cancelled', isFault: false };
  return { type: reason instanceof TimeSpent ? 'timeout' : errorTypeOf(reason), isFault: true };
}

/** The same of a body: without a cause it was more than is read. */
export const brokenBody = (error: unknown, signal: AbortSignal): WorkFailure =>
  error instanceof Error && error.cause !== undefined ? brokenOff(error.cause, signal) : unusable('too_large');

/** The client has gone, or whoever asked has no more use for the answer: an `abort()` without a reason is an AbortError. */
const isUnwanted = (reason: unknown): boolean =>
  reason instanceof ClientDisconnected || errorTypeOf(reason) === 'AbortError';
