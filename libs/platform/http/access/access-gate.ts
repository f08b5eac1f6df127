import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '#kernel/app-error';
import type { Caller } from '#kernel/caller';
import { asAppError } from '#platform/errors';
import { RateLimited, type Admission, type RateLimiter } from '#platform/rate-limit';
import {
  AuthenticationRequired,
  bearerTokenIn,
  InsufficientScope,
  TokenExpired,
  TokenInvalid,
  type AccessTokens,
} from '#platform/security';
import { sendProblem } from '../edge/send-problem.js';
import { refuseBody } from '../edge/unread-body.js';
import type { AuthenticationFault } from './access-metrics.js';
import { clientBlockOf } from './client-address.js';
import { isPreflight } from './preflight.js';
import { CLOSED, type RouteAccess, type RouteLimit } from './route-access.js';

type Scoped = Exclude<RouteAccess, 'public'>;

/** Done at once, or to be waited for. */
type AtOnceOrLater = undefined | Promise<void>;

/**
 * Decides who gets in, before a byte of a body is read: rate limit, authentication, scopes. A route that says nothing
 * is closed. A caller is counted as a user where the route identifies one, else by address; whoever fails to be
 * identified is counted apart, so that strangers behind one address don't use up what its users have.
 */
export class AccessGate {
  private tokens: AccessTokens | undefined;
  private limiter: RateLimiter | undefined;

  /** Until then nobody is identified: whatever is closed refuses before the app is made. */
  guardedBy(tokens: AccessTokens, limiter: RateLimiter): void {
    this.tokens = tokens;
    this.limiter = limiter;
  }

  constructor(private readonly bodyLimitBytes: number) {}

  /** At once where nothing has to be waited for, as is usual: limits in memory, a token that was verified before. */
  readonly onRequest = (request: FastifyRequest, reply: FastifyReply, done: (error?: Error) => void): void => {
    const refuse = (error: unknown): void => {
      refuseBody(request.raw, reply, this.bodyLimitBytes);
      done(error as Error);
    };
    let pending: Promise<void> | undefined;
    try {
      pending = this.admit(request, reply);
    } catch (error) {
      refuse(error);
      return;
    }
    if (pending) pending.then(() => done(), refuse);
    else done();
  };

  /**
   * A preflight is answered by CORS, before the gate: it is counted like any other request of its address. Its route is the
   * plugin's, which no filter covers, so a refusal is sent from here.
   */
  readonly onPreflight = async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
    if (!isPreflight(request)) return undefined;
    try {
      return await this.limitAddress(request, reply);
    } catch (error) {
      sendProblem(reply, asAppError(error));
      return reply;
    }
  };

  /** Answers what fails before any hook runs (a URL that is none), unless its address has asked too often. */
  refuse(request: FastifyRequest, reply: FastifyReply, error: AppError): void {
    Promise.try(() => this.limitAddress(request, reply)).then(
      () => sendProblem(reply, error),
      (refusal: unknown) => sendProblem(reply, asAppError(refusal)),
    );
  }

  private admit(request: FastifyRequest, reply: FastifyReply): AtOnceOrLater {
    const { access = CLOSED, rateLimit } = request.routeOptions.config;
    // What no route answers has nothing to hide, and its 404 or 405 tells the client more than a 401.
    if (request.is404 || access === 'public') return this.limitAddress(request, reply, rateLimit);
    const known = this.knownCaller(request);
    if (known) return this.admitCaller(known, access, request, reply);
    return this.identify(request, reply).then((caller) => this.admitCaller(caller, access, request, reply));
  }

  private admitCaller(caller: Caller, access: Scoped, request: FastifyRequest, reply: FastifyReply): AtOnceOrLater {
    request.requestContext.caller = caller;
    void reply.header('cache-control', 'no-store'); // what is for one caller is for no cache
    const limited = this.limit(`user:${caller.id}`, reply, request.routeOptions.config.rateLimit);
    const checkScopes = (): undefined => {
      if (!access.scopes.every((scope) => caller.scopes.has(scope))) throw new InsufficientScope(access.scopes);
    };
    return limited ? limited.then(checkScopes) : checkScopes();
  }

  /** Whoever's token was verified before; null says nothing: the long way tells why. */
  private knownCaller({ headers }: FastifyRequest): Caller | null {
    try {
      return this.tokens?.known(bearerTokenIn(headers.authorization)) ?? null;
    } catch {
      return null;
    }
  }

  private async identify(request: FastifyRequest, reply: FastifyReply): Promise<Caller> {
    const stranger = `stranger:${clientBlockOf(request.requestContext.clientAddress)}`;
    try {
      return await this.verify(bearerTokenIn(request.headers.authorization), stranger, reply);
    } catch (error) {
      if (!(error instanceof AppError) || error instanceof RateLimited) throw error;
      request.requestContext.authenticationFault = faultNameOf(error);
      await this.limit(stranger, reply);
      throw error;
    }
  }

  /** A signature costs a tenth of a millisecond to check: not for an address that has sent too many bad ones. */
  private async verify(token: string, stranger: string, reply: FastifyReply): Promise<Caller> {
    if (!this.tokens) throw new AuthenticationRequired();
    if (await this.limiter?.exhausted(stranger)) await this.limit(stranger, reply);
    return this.tokens.verify(token);
  }

  private limitAddress(request: FastifyRequest, reply: FastifyReply, own?: RouteLimit): AtOnceOrLater {
    return this.limit(`address:${clientBlockOf(request.requestContext.clientAddress)}`, reply, own);
  }

  /** @throws RateLimited, or rejects with it */
  private limit(key: string, reply: FastifyReply, own?: RouteLimit): AtOnceOrLater {
    if (own === 'none') return undefined;
    const admission = this.limiter?.admit(key, own);
    if (admission instanceof Promise) return admission.then((later) => tellOf(later, reply));
    return tellOf(admission, reply);
  }
}

function tellOf(admission: Admission | null | undefined, reply: FastifyReply): undefined {
  if (!admission) return; // no limits at all
  void reply.header('ratelimit-policy', admission.policyField);
  void reply.header('ratelimit', admission.quotaField);
  if (!admission.refusal) return;
  const { limit, retryAfterSeconds } = admission.refusal;
  reply.request.requestContext.exceededLimit = limit.name;
  throw new RateLimited(limit, retryAfterSeconds);
}

const faultNameOf = (refusal: AppError): AuthenticationFault => {
  if (refusal instanceof TokenInvalid) return refusal.fault;
  if (refusal instanceof TokenExpired) return 'expired';
  return refusal instanceof AuthenticationRequired ? 'absent' : 'undecided';
};
