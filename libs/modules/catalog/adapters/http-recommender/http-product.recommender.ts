import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Pool, type Dispatcher } from 'undici';
import { Clock } from '#kernel/clock';
import { currentRequest } from '#platform/context';
import { Dependencies, DependencyFailure, retryAfterMs, type Dependency } from '#platform/resilience';
import { ProductRecommender, type Recommended } from '../../application/ports/product.recommender.js';
import type { ProductId } from '../../domain/product.state.js';
import { discard, readBounded } from './bounded-body.js';
import { recommendedIn } from './recommender-answer.js';
import { CONCURRENT_CALLS_MAX, recommenderPolicy } from './recommender.policy.js';
import { RecommenderSettings } from './recommender.settings.js';
import { requestHeaders } from './request-headers.js';

/** Below the 72 s that the recommender keeps an idle connection: else it could close one that we are about to use. */
const KEEP_ALIVE_MS = 60_000;
const JSON_TYPE = /^application\/json\s*(?:;|$)/i;
/** These statuses say "not now", and no more than that. */
const PASSING_REFUSALS: ReadonlySet<number> = new Set([408, 425, 429]);

type Response = Dispatcher.ResponseData;

/**
 * Asks the recommender service. Nothing that it does takes longer than the policy's bounds or holds more than the bound
 * of a body, and an answer is believed only when it is exactly what was asked for. Redirects are not followed: they would
 * lead to where nobody has configured us to go.
 */
@Injectable()
export class HttpProductRecommender extends ProductRecommender implements OnApplicationShutdown {
  private readonly pool: Pool;
  private readonly basePath: string;
  private readonly dependency: Dependency;

  /** @throws Error without RECOMMENDER_URL: then this adapter is not the one that was chosen */
  constructor(
    settings: RecommenderSettings,
    dependencies: Dependencies,
    private readonly clock: Clock,
  ) {
    super();
    if (settings.url === undefined) throw new Error('RECOMMENDER_URL is not set.');
    const { origin, pathname } = new URL(settings.url);
    this.basePath = withoutTrailingSlashes(pathname);
    this.dependency = dependencies.declare(recommenderPolicy(settings));
    this.pool = new Pool(origin, {
      connections: CONCURRENT_CALLS_MAX,
      pipelining: 1,
      keepAliveTimeout: KEEP_ALIVE_MS,
      keepAliveMaxTimeout: KEEP_ALIVE_MS,
      connect: { timeout: settings.timeoutMs },
      // A net under the attempt's signal, which ends first.
      headersTimeout: settings.timeoutMs,
      bodyTimeout: settings.timeoutMs,
    });
  }

  /** @throws DependencyUnavailable, DependencyTimeout, DependencyFailure, or the reason why nobody waits any more */
  override async recommend(productId: ProductId, limit: number, signal: AbortSignal): Promise<readonly Recommended[]> {
    const deadline = currentRequest()?.deadline;
    const request = {
      method: 'GET',
      path: `${this.basePath}/v1/products/${encodeURIComponent(productId)}/recommendations?limit=${limit}`,
      headers: requestHeaders(),
    } as const;
    const recommended = await this.dependency.call((attempt) => this.ask({ ...request, signal: attempt }, attempt), {
      operation: 'recommendations.get',
      idempotent: true,
      signal: deadline ? AbortSignal.any([signal, deadline.signal]) : signal,
      ...(deadline && { remainingMs: deadline.remainingMs() }),
    });
    return recommended.slice(0, limit);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.pool.destroy();
  }

  private async ask(request: Dispatcher.RequestOptions, signal: AbortSignal): Promise<Recommended[]> {
    const response = await this.pool.request(request).catch((cause: unknown) => {
      throw new DependencyFailure('retryable', 'The recommender can not be reached.', { cause });
    });
    const refusal = this.refusalIn(response);
    if (refusal) {
      discard(response.body, signal);
      throw refusal;
    }
    return recommendedIn(await readBounded(response.body));
  }

  /** Why this response is no answer, or null when it may be one. */
  private refusalIn({ statusCode, headers }: Response): DependencyFailure | null {
    if (statusCode >= 500 || PASSING_REFUSALS.has(statusCode)) {
      const askedMs = retryAfterMs(headers['retry-after'], this.clock.now());
      const options = askedMs === undefined ? {} : { retryAfterMs: askedMs };
      return new DependencyFailure('retryable', `The recommender answered ${statusCode}.`, options);
    }
    if (statusCode >= 400) return new DependencyFailure('rejected', `The recommender answered ${statusCode}.`);
    if (statusCode !== 200)
      return new DependencyFailure('fatal', `The recommender answered ${statusCode}, and not 200.`);
    const type = headers['content-type'];
    if (typeof type === 'string' && JSON_TYPE.test(type)) return null;
    return new DependencyFailure('fatal', 'The recommender answered something else than JSON.');
  }
}

/** By hand: /\/+$/ tries again at each slash, which is quadratic in their number. */
function withoutTrailingSlashes(path: string): string {
  let end = path.length;
  while (path[end - 1] === '/') end--;
  return path.slice(0, end);
}
