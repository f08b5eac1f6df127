import type { Dispatcher } from 'undici';
import type { Clock } from '#kernel/clock';
import { DependencyFailure, retryAfterMs } from '#platform/resilience';
import { inSpan, type RunningSpan } from '#platform/tracing';
import { brokenBody, brokenOff, unusable } from './attempt-failure.js';
import { discard, readBounded } from './bounded-body.js';
import { clientSpanOf, withOwnSpan } from './client-span.js';
import { Pool } from './pool.js';

/** Below the 72 s that our own services keep an idle connection: else one could close that we are about to use. */
const KEEP_ALIVE_MS = 60_000;
/** JSON, and what is built on it: `application/jwk-set+json`. */
const JSON_TYPE = /^application\/(?:[\w.-]{1,64}\+)?json\s{0,8}(?:;|$)/i;
/** These statuses say "not now", and no more than that. */
const PASSING_REFUSALS: ReadonlySet<number> = new Set([408, 425, 429]);

type Response = Dispatcher.ResponseData;

export interface JsonClientOptions {
  /** Whom it asks, as the subject of a sentence: `The recommender`. */
  readonly peer: string;
  /** Scheme, host and port. */
  readonly origin: string;
  /** As many as calls at one time. */
  readonly connectionsMax: number;
  /** A net under the attempt's signal, which ends first; and the bound for a connection to open. */
  readonly timeoutMs: number;
  /** Largest answer that is read. */
  readonly bodyBytesMax: number;
}

/**
 * Asks another service for JSON: one attempt, the work of a `Dependency`, which bounds and repeats it. It holds no more
 * than the bound of a body. Redirects are not followed: they would lead to where nobody has configured us to go.
 */
export class JsonClient {
  private readonly pool: Pool;

  constructor(
    private readonly options: JsonClientOptions,
    private readonly clock: Clock,
  ) {
    const { origin, connectionsMax, timeoutMs } = options;
    this.pool = new Pool(origin, {
      connections: connectionsMax,
      pipelining: 1,
      keepAliveTimeout: KEEP_ALIVE_MS,
      keepAliveMaxTimeout: KEEP_ALIVE_MS,
      connect: { timeout: timeoutMs },
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
    });
  }

  /**
   * The text of a 200 that says it is JSON.
   * @throws DependencyFailure for everything else; nothing of the answer goes into it, and from there into a log
   */
  get(path: string, headers: Record<string, string>, signal: AbortSignal): Promise<string> {
    return inSpan(
      () => clientSpanOf(this.options.origin, path),
      (span) => this.attempt(path, withOwnSpan(headers), signal, span),
    );
  }

  async close(): Promise<void> {
    await this.pool.destroy();
  }

  private async attempt(
    path: string,
    headers: Record<string, string>,
    signal: AbortSignal,
    span: RunningSpan,
  ): Promise<string> {
    const response = await this.pool.request({ method: 'GET', path, headers, signal }).catch((cause: unknown) => {
      span.failsAs(brokenOff(cause, signal));
      throw new DependencyFailure('retryable', `${this.options.peer} can not be reached.`, { cause });
    });
    span.set({ 'http.response.status_code': response.statusCode });
    const refusal = this.refusalIn(response);
    if (refusal) {
      span.failsAs(unusable(response.statusCode === 200 ? 'not_json' : response.statusCode));
      discard(response.body, signal);
      throw refusal;
    }
    return readBounded(response.body, this.options.bodyBytesMax).catch((error: unknown) => {
      span.failsAs(brokenBody(error, signal));
      throw error;
    });
  }

  /** Why this response is no answer, or null when it may be one. */
  private refusalIn({ statusCode, headers }: Response): DependencyFailure | null {
    const { peer } = this.options;
    if (statusCode >= 500 || PASSING_REFUSALS.has(statusCode)) {
      const askedMs = retryAfterMs(headers['retry-after'], this.clock.now());
      const options = askedMs === undefined ? {} : { retryAfterMs: askedMs };
      return new DependencyFailure('retryable', `${peer} answered ${statusCode}.`, options);
    }
    if (statusCode >= 400) return new DependencyFailure('rejected', `${peer} answered ${statusCode}.`);
    if (statusCode !== 200) return new DependencyFailure('fatal', `${peer} answered ${statusCode}, and not 200.`);
    const type = headers['content-type'];
    if (typeof type === 'string' && JSON_TYPE.test(type)) return null;
    return new DependencyFailure('fatal', `${peer} answered something else than JSON.`);
  }
}
