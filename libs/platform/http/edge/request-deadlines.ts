import type { FastifyReply, FastifyRequest } from 'fastify';
import { DeadlineExceeded } from '#platform/deadline';
import { sendProblem } from './send-problem.js';
import type { TrustedProxies } from './trusted-proxies.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The route's own time, in place of REQUEST_TIMEOUT_MS. */
    requestTimeoutMs?: number;
  }
}

/** How much longer the caller waits, in milliseconds: from a trusted proxy only, and never longer than we would. */
export const TIMEOUT_HEADER = 'x-request-timeout-ms';

/** What works for a request may end by itself in this time after its deadline; then it is answered without it. */
const END_GRACE_MS = 200;

const MILLISECONDS = /^\d{1,7}$/;

/** Gives each request its time, and ends those whose time is over. One sweep for all: a timer each would cost more. */
export class RequestDeadlines {
  constructor(
    private readonly defaultMs: number,
    private readonly proxies: TrustedProxies,
  ) {}

  /** The route's time or the default, or what the caller has left, if that is less. In milliseconds. */
  budgetMsOf(request: FastifyRequest): number {
    // A request that fails before it is routed has no route's options.
    const routeOptions = request.routeOptions as FastifyRequest['routeOptions'] | undefined;
    const ownMs = routeOptions?.config.requestTimeoutMs ?? this.defaultMs;
    const header = request.raw.headers[TIMEOUT_HEADER];
    if (header === undefined || typeof header !== 'string' || !MILLISECONDS.test(header)) return ownMs;
    return this.proxies.trusts(request.raw.socket.remoteAddress) ? Math.min(ownMs, Number(header)) : ownMs;
  }

  /** @param receiving requests that are still on their way: their time has not begun, and other bounds hold */
  sweep(replies: Iterable<FastifyReply>, receiving: ReadonlySet<FastifyReply>, nowMs = performance.now()): void {
    for (const reply of replies) {
      if (receiving.has(reply)) continue;
      const { deadline } = reply.request.requestContext;
      if (nowMs < deadline.expiresAtMs) continue;
      if (!deadline.reason) deadline.end(new DeadlineExceeded(deadline.budgetMs));
      else if (nowMs > deadline.expiresAtMs + END_GRACE_MS) answerWithout(reply);
    }
  }
}

/** What works for it did not hear, or is stuck: the client is answered all the same. */
function answerWithout(reply: FastifyReply): void {
  const { reason } = reply.request.requestContext.deadline;
  if (reason instanceof DeadlineExceeded && !reply.sent) sendProblem(reply, reason);
}
