import { AsyncLocalStorage } from 'node:async_hooks';
import type { AppError } from '#kernel/app-error';
import type { Caller } from '#kernel/caller';
import type { Deadline } from '#platform/deadline';
import { newTraceId, requestIdFrom } from './request-id.js';

/** What is known of the request that the current code works for. Made by the first hook, gone with the answer. */
export interface RequestContext {
  /** `x-request-id`: the caller's, if sane, else ours. */
  readonly requestId: string;
  /** W3C trace id, 32 hexadecimal digits. */
  readonly traceId: string;
  /** W3C span id of the request's own span, 16 hexadecimal digits; undefined while tracing is off. */
  readonly spanId: string | undefined;
  /** Whether that span is recorded and exported, and so found by its trace id: false while tracing is off. */
  readonly traceSampled: boolean;
  /** The template of the route that it found, for log lines; undefined where it is not known. */
  readonly route: string | undefined;
  /** `performance.now()` at the first byte that we saw, in milliseconds. */
  readonly startedAtMs: number;
  /** How long the request may take, and whether it is still wanted. */
  readonly deadline: Deadline;
  /** Of the client itself, where a trusted proxy tells; empty when the connection was gone before it could be asked. */
  readonly clientAddress: string;
  /** The request on whose behalf something is done that has a deadline of its own: they share what is bounded for each request. */
  readonly origin: RequestContext | undefined;
  /** Whom the access token speaks of; undefined on public routes, and until it is verified. */
  caller: Caller | undefined;
  /** Which check of the access token failed, for the log line and the metric: the client is told less. */
  authenticationFault: string | undefined;
  /** The rate limit that refused the request, by its name. */
  exceededLimit: string | undefined;
  /** The `code` of the problem that was answered, for the log line. */
  errorCode: string | undefined;
  /** The error that was answered, for the line with its causes. */
  failure: AppError | undefined;
  /** What became of the request's idempotency key, on routes that ask for one. */
  idempotency: string | undefined;
  /** What the answer had to do without, and what it took instead: see `noteDegraded`. Undefined while that is nothing. */
  degraded: Record<string, string> | undefined;
}

/** A context at its beginning: nothing is known yet but what the first hook knows. */
export const newRequestContext = (
  known: Pick<RequestContext, 'deadline'> &
    Partial<
      Pick<RequestContext, 'requestId' | 'traceId' | 'spanId' | 'traceSampled' | 'route' | 'clientAddress' | 'origin'>
    >,
): RequestContext => ({
  requestId: known.requestId ?? requestIdFrom(undefined),
  traceId: known.traceId ?? newTraceId(),
  spanId: known.spanId,
  traceSampled: known.traceSampled ?? false,
  route: known.route,
  startedAtMs: performance.now(),
  deadline: known.deadline,
  clientAddress: known.clientAddress ?? '',
  origin: known.origin,
  caller: undefined,
  authenticationFault: undefined,
  exceededLimit: undefined,
  errorCode: undefined,
  failure: undefined,
  idempotency: undefined,
  degraded: undefined,
});

const storage = new AsyncLocalStorage<RequestContext>();

/** The current request's context, or undefined outside of a request (boot, timers, consumers). */
export const currentRequest = (): RequestContext | undefined => storage.getStore();

/** As the process was when it loaded this file: in no request, in no transaction, in no unit of work. */
const outside = AsyncLocalStorage.snapshot();

/**
 * Runs `work` for nobody in particular: what many requests share must not end with the one that began it, nor become a
 * part of its transaction.
 */
export const runOutsideRequest = <T>(work: () => T): T => outside(work);

/** Runs `work`, and everything asynchronous that it starts, in the given context. */
export const runInRequest = <T>(context: RequestContext, work: () => T): T => storage.run(context, work);
