import { AsyncLocalStorage } from 'node:async_hooks';
import type { Caller } from '#kernel/caller';
import type { Deadline } from '#platform/deadline';
import { newTraceId, requestIdFrom } from './request-id.js';

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
  /** Of the client itself, where a trusted proxy tells; empty when the connection was gone before it could be asked. */
  readonly clientAddress: string;
  /** Whom the access token speaks of; undefined on public routes, and until it is verified. */
  caller: Caller | undefined;
  /** Which check of the access token failed, for the log line and the metric: the client is told less. */
  authenticationFault: string | undefined;
  /** The rate limit that refused the request, by its name. */
  exceededLimit: string | undefined;
  /** The `code` of the problem that was answered, for the log line. */
  errorCode: string | undefined;
}

/** A context at its beginning: nothing is known yet but what the first hook knows. */
export const newRequestContext = (
  known: Pick<RequestContext, 'deadline'> & Partial<Pick<RequestContext, 'requestId' | 'traceId' | 'clientAddress'>>,
): RequestContext => ({
  requestId: known.requestId ?? requestIdFrom(undefined),
  traceId: known.traceId ?? newTraceId(),
  startedAtMs: performance.now(),
  deadline: known.deadline,
  clientAddress: known.clientAddress ?? '',
  caller: undefined,
  authenticationFault: undefined,
  exceededLimit: undefined,
  errorCode: undefined,
});

const storage = new AsyncLocalStorage<RequestContext>();

/** The current request's context, or undefined outside of a request (boot, timers, consumers). */
export const currentRequest = (): RequestContext | undefined => storage.getStore();

/**
 * Runs `work` for nobody in particular: what many requests share must not end with the one that began it.
 */
export const runOutsideRequest = <T>(work: () => T): T => storage.exit(work);

/** Runs `work`, and everything asynchronous that it starts, in the given context. */
export const runInRequest = <T>(context: RequestContext, work: () => T): T => storage.run(context, work);
