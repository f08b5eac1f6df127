import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Clock } from '#kernel/clock';
import { currentRequest } from '#platform/context';
import { correlationHeaders, JsonClient } from '#platform/http-client';
import { type Attempt, Dependencies, type Dependency } from '#platform/resilience';
import { type Asking, ProductRecommender, type Recommended } from '../../application/ports/product.recommender.js';
import type { ProductId } from '../../domain/product.state.js';
import { recommendedIn } from './recommender-answer.js';
import { CONCURRENT_CALLS_MAX, recommenderPolicy } from './recommender.policy.js';
import { RecommenderSettings } from './recommender.settings.js';

/** A full answer has some two kilobytes. */
export const BODY_BYTES_MAX = 256 * 1024;

/**
 * Asks the recommender service. Nothing that it does takes longer than the policy's bounds or holds more than the bound
 * of a body, and an answer is believed only when it is exactly what was asked for.
 */
@Injectable()
export class HttpProductRecommender extends ProductRecommender implements OnApplicationShutdown {
  private readonly client: JsonClient;
  private readonly basePath: string;
  private readonly dependency: Dependency;

  /** @throws Error without RECOMMENDER_URL: then this adapter is not the one that was chosen */
  constructor(settings: RecommenderSettings, dependencies: Dependencies, clock: Clock) {
    super();
    if (settings.url === undefined) throw new Error('RECOMMENDER_URL is not set.');
    const { origin, pathname } = new URL(settings.url);
    this.basePath = withoutTrailingSlashes(pathname);
    this.dependency = dependencies.declare(recommenderPolicy(settings));
    const bounds = {
      connectionsMax: CONCURRENT_CALLS_MAX,
      timeoutMs: settings.timeoutMs,
      bodyBytesMax: BODY_BYTES_MAX,
    };
    this.client = new JsonClient({ peer: 'The recommender', origin, ...bounds }, clock);
  }

  /** @throws DependencyUnavailable, DependencyTimeout, DependencyFailure, or the reason why nobody waits any more */
  override async recommend(productId: ProductId, limit: number, { signal }: Asking): Promise<readonly Recommended[]> {
    const deadline = currentRequest()?.deadline;
    const path = `${this.basePath}/v1/products/${encodeURIComponent(productId)}/recommendations?limit=${limit}`;
    const headers = { accept: 'application/json', ...correlationHeaders() };
    const ask = async (attempt: Attempt) => recommendedIn(await this.client.get(path, headers, attempt.signal));
    const recommended = await this.dependency.call(ask, {
      operation: 'recommendations.get',
      idempotent: true,
      signal: deadline ? AbortSignal.any([signal, deadline.signal]) : signal,
      ...(deadline && { remainingMs: deadline.remainingMs() }),
    });
    return recommended.slice(0, limit);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.client.close();
  }
}

/** By hand: /\/+$/ tries again at each slash, which is quadratic in their number. */
function withoutTrailingSlashes(path: string): string {
  let end = path.length;
  while (path[end - 1] === '/') end--;
  return path.slice(0, end);
}
