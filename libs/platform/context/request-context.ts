import { AsyncLocalStorage } from 'node:async_hooks';
import type { Deadline } from '#platform/deadline';

/** What is known of the request that the current code works for. Made by the first hook, gone with the answer. */
export interface RequestContext {
  /** `x-request-id`: the caller's, if sane, else ours. */
  readonly requestId: string;
  /** W3C trace id, 32 hexadecimal digits. */
  readonly traceId: string;
  /** `performance.now()` at the first byte that we saw, in milliseconds. */
  readonly startedAtMs: number;
  /** How long the request may take, and whether it is still wanted. */
  readonly deadline: Deadline;
  /** The `code` of the problem that was answered, for the log line. */
  errorCode: string | undefined;
}

const storage = new AsyncLocalStorage<RequestContext>();

/** The current request's context, or undefined outside of a request (boot, timers, consumers). */
export const currentRequest = (): RequestContext | undefined => storage.getStore();

/**
 * Runs `work` for nobody in particular: what many requests share must not end with the one that began it.
 */
export const runOutsideRequest = <T>(work: () => T): T => storage.exit(work);

/** Runs `work`, and everything asynchronous that it starts, in the given context. */
export const runInRequest = <T>(context: RequestContext, work: () => T): T => storage.run(context, work);
