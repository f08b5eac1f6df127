import type { IncomingMessage } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  newRequestContext,
  newTraceId,
  requestIdFrom,
  runInRequest,
  traceIdOf,
  type RequestContext,
} from '#platform/context';
import { ClientDisconnected, Deadline } from '#platform/deadline';
import { MalformedRequest, UriTooLong } from '#platform/errors';
import type { EntrySpan } from '#platform/tracing';
import { clientAddressOf } from '../access/client-address.js';
import type { Load, LoadShedder } from '../shedding/load-shedder.js';
import { PacedRefusals } from '../shedding/paced-refusals.js';
import { closeAfterAnswer, ignoredBehindTheLast } from './connection-end.js';
import { distrustFraming } from './message-framing.js';
import { OVERLOADED, refuseOverloaded } from './refuse-overloaded.js';
import type { RequestDeadlines } from './request-deadlines.js';
import {
  ROUTE_UNMATCHED,
  STATUS_CLIENT_CLOSED,
  type ResponseObserver,
  type ResponseOutcome,
} from './response-observer.js';
import { API_HEADERS } from './security-headers.js';
import { sendProblem } from './send-problem.js';
import { beginServerSpan, endServerSpan } from './server-span.js';
import { Slots } from './slots.js';
import type { TrustedProxies } from './trusted-proxies.js';
import { AnsweredEarly, bringsBody } from './unread-body.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by the first hook, for every request. */
    requestContext: RequestContext;
    /** Set by the first hook while tracing is on. */
    serverSpan?: EntrySpan;
  }
}

/** How late a deadline may be noticed, in milliseconds. */
const SWEEP_INTERVAL_MS = 25;

/**
 * The one request hook and the one response hook. They carry the request's context, its id, the count of what is
 * in flight, the access log and the metrics, so that no route needs an interceptor for them.
 */
export class RequestPipeline {
  readonly answeredEarly = new AnsweredEarly();
  private readonly replies = new Slots<FastifyReply>();
  /** Those whose body has not arrived: nothing works for them yet. */
  private readonly receiving = new Set<FastifyReply>();
  private readonly refused = new PacedRefusals<FastifyReply>((reply) => this.answerRefused(reply));
  /** Of the replies, those that refuse. */
  private shed = 0;
  private observers: readonly ResponseObserver[] = [];
  /** Whose connections end with their next answer. */
  private leaving: 'nobody' | 'clients' | 'everybody' = 'nobody';
  private readonly sweeper: NodeJS.Timeout;

  constructor(
    private readonly urlLengthMax: number,
    private readonly deadlines: RequestDeadlines,
    private readonly shedder: LoadShedder,
    private readonly proxies: TrustedProxies,
  ) {
    this.sweeper = setInterval(() => deadlines.sweep(this.replies, this.receiving), SWEEP_INTERVAL_MS).unref();
  }

  stop(): void {
    clearInterval(this.sweeper);
  }

  /** Whether a request of this method would be refused if it came now. */
  wouldRefuse(method: string): boolean {
    return this.shedder.reasonFor(method, this.load()) !== null;
  }

  /** Requests that have begun and are not answered yet. */
  get inFlight(): number {
    return this.replies.size;
  }

  observedBy(observers: readonly ResponseObserver[]): void {
    this.observers = observers;
  }

  /**
   * From now on each answer, also to what is in flight, asks the client to close its connection, so that its next one
   * leads elsewhere. Not so a trusted proxy: one that knows of the drain comes no more, and one that doesn't (the free
   * nginx) would open a connection for each further request, to stand before the listener just when that closes.
   */
  drain(): void {
    this.leave('clients');
  }

  /** From now on trusted proxies are asked, too: no new connection is taken any more. */
  endConnections(): void {
    this.leave('everybody');
  }

  private leave(leaving: 'clients' | 'everybody'): void {
    this.leaving = leaving;
    for (const reply of this.replies) if (this.isLeaving(reply)) askToClose(reply);
  }

  private isLeaving({ request }: FastifyReply): boolean {
    if (this.leaving !== 'clients') return this.leaving === 'everybody';
    return !this.proxies.trusts(request.raw.socket.remoteAddress);
  }

  readonly onRequest = (request: FastifyRequest, reply: FastifyReply, done: (error?: Error) => void): void => {
    if (ignoredBehindTheLast(request, reply)) return;
    const fault = distrustFraming(request, reply);
    // Before anything is done for it, and not by way of the filter: a refusal has to be cheap, and is no news each.
    const shed = this.shedder.refuses(request.method, this.load());
    const hasBody = bringsBody(request.raw);
    // The usual one, that is: without a body, and without another answer before it on its connection.
    if (shed && !hasBody && !fault && reply.raw.socket) return this.refuse(request, reply);
    const context = this.begin(request, reply);
    if (shed) {
      this.notWork(reply);
      if (hasBody) closeAfterAnswer(reply); // or a body without a bound would be read, and thrown away
      sendProblem(reply, OVERLOADED);
      return;
    }
    if (hasBody) this.receive(request, reply);
    const refusal = fault ?? this.refusalOf(request.raw);
    const next = (): void => runInRequest(context, () => done(refusal));
    if (request.serverSpan) request.serverSpan.run(next);
    else next();
  };

  /** Makes the context, and arms the end of the exchange. Also called for what fails before any hook (a bad URL). */
  begin(request: FastifyRequest, reply: FastifyReply): RequestContext {
    const context = this.enter(request);
    reply.headers(API_HEADERS).header('x-request-id', context.requestId);
    if (this.isLeaving(reply)) askToClose(reply);
    const slot = this.replies.add(reply);
    // 'close' comes once, after a full answer and after a client that went away alike; 'finish' misses the second.
    reply.raw.on('close', () => {
      this.replies.remove(slot);
      this.end(request, reply);
    });
    return context;
  }

  /** Whatever becomes of it: from here on it has a context, and a span while tracing is on. */
  private enter(request: FastifyRequest): RequestContext {
    const { headers } = request.raw;
    const span = beginServerSpan(request.raw);
    if (span) request.serverSpan = span;
    request.requestContext = newRequestContext({
      requestId: requestIdFrom(headers['x-request-id']),
      traceId: span?.traceId ?? traceIdOf(headers.traceparent) ?? newTraceId(),
      spanId: span?.spanId,
      traceSampled: span?.sampled ?? false,
      route: routeOf(request),
      deadline: new Deadline(this.deadlines.budgetMsOf(request)),
      clientAddress: clientAddressOf(request), // now: a socket that has been reset no longer knows it
    });
    return request.requestContext;
  }

  /**
   * What is refused is never in flight: nothing works for it, no deadline is watched, and nobody waits for the end of its
   * answer, which fits into the socket's buffer.
   */
  private refuse(request: FastifyRequest, reply: FastifyReply): void {
    this.enter(request);
    reply.hijack();
    this.refused.add(reply);
  }

  private answerRefused(reply: FastifyReply): void {
    const { request, raw } = reply;
    const { requestContext: context } = request;
    const closes = this.isLeaving(reply) || reply.hasHeader('connection');
    context.errorCode = OVERLOADED.code;
    const departed = raw.destroyed;
    this.answeredEarly.note(request.raw); // a body may come behind it that its method is not known for
    refuseOverloaded(raw, context, { url: request.raw.url ?? '', closes });
    this.told(request, departed ? STATUS_CLIENT_CLOSED : raw.statusCode);
  }

  /** A refusal that waits behind another answer of its connection. */
  private notWork(reply: FastifyReply): void {
    this.shed += 1;
    reply.raw.once('close', () => (this.shed -= 1));
  }

  private load(): Load {
    return { working: this.replies.size - this.receiving.size - this.shed, receiving: this.receiving.size };
  }

  /** A request counts as work, and its time runs, from when it is here: until then the receive time-out holds. */
  private receive(request: FastifyRequest, reply: FastifyReply): void {
    this.receiving.add(reply);
    request.raw.once('end', () => {
      this.receiving.delete(reply);
      request.requestContext.deadline.restart();
    });
  }

  /** The reply that is being made on this socket, if there is one: a fault of the socket is then that request's. */
  replyOn(socket: unknown): FastifyReply | undefined {
    for (const reply of this.replies) if (reply.raw.socket === socket) return reply;
    for (const reply of this.refused) if (reply.raw.socket === socket) return reply;
    return undefined;
  }

  /** Tells the observers of an answer that was written to the bare socket. */
  tellUnparsed(status: number, context: ResponseOutcome['context']): void {
    const durationMs = performance.now() - context.startedAtMs;
    this.tell({
      method: '_OTHER',
      route: ROUTE_UNMATCHED,
      status,
      durationMs,
      url: '',
      headers: {},
      context,
    });
  }

  private refusalOf({ url = '', headers, rawHeaders, httpVersion }: IncomingMessage): Error | undefined {
    if (url.length > this.urlLengthMax) return new UriTooLong(`The URL is longer than ${this.urlLengthMax} bytes.`);
    const hosts = countOf('host', rawHeaders);
    if (hosts > 1) return new MalformedRequest('There is more than one Host header.');
    if (hosts === 0 && httpVersion !== '1.0') return new MalformedRequest('A Host header is required.');
    if (headers.authorization !== undefined && countOf('authorization', rawHeaders) > 1) {
      return new MalformedRequest('There is more than one Authorization header.');
    }
    return undefined;
  }

  private end(request: FastifyRequest, reply: FastifyReply): void {
    this.receiving.delete(reply);
    this.answeredEarly.note(request.raw);
    const { writableFinished, statusCode } = reply.raw;
    if (!writableFinished) request.requestContext.deadline.end(new ClientDisconnected());
    this.told(request, writableFinished ? statusCode : STATUS_CLIENT_CLOSED);
  }

  private told(request: FastifyRequest, status: number): void {
    const { requestContext: context, serverSpan } = request;
    const outcome = {
      method: request.method,
      route: context.route ?? ROUTE_UNMATCHED,
      status,
      durationMs: performance.now() - context.startedAtMs,
      url: request.raw.url ?? '',
      headers: request.raw.headers,
      context,
    };
    this.tell(outcome);
    if (serverSpan) endServerSpan(serverSpan, request, outcome);
  }

  private tell(outcome: ResponseOutcome): void {
    for (const observer of this.observers) observer.responded(outcome);
  }
}

const routeOf = (request: FastifyRequest): string =>
  request.is404 ? ROUTE_UNMATCHED : (request.routeOptions.url ?? ROUTE_UNMATCHED);

const askToClose = (reply: FastifyReply): void => {
  if (!reply.raw.headersSent) reply.header('connection', 'close');
};

/** Node keeps the first of two Host or Authorization headers, and a proxy before us perhaps the second: RFC 9112, 3.2. */
function countOf(name: string, rawHeaders: readonly string[]): number {
  let count = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const header = rawHeaders[index] ?? '';
    if (header.length === name.length && header.toLowerCase() === name) count += 1;
  }
  return count;
}
