import type { DiscoveryService } from '@nestjs/core';
import { SystemClock } from '#kernel/clock';
import { loadSettings } from '#platform/config';
import { Dependencies } from '#platform/resilience';
import { HttpProductRecommender } from '../adapters/http-recommender/http-product.recommender.js';
import { RecommenderSettings } from '../adapters/http-recommender/recommender.settings.js';

const noObservers = { getProviders: () => [] } as unknown as DiscoveryService;

/** The adapter as the service makes it, with bounds wide enough for a busy machine unless told otherwise. */
export function anHttpRecommender(url: string, env: Record<string, string> = {}): HttpProductRecommender {
  const settings = loadSettings({
    NODE_ENV: 'test',
    RECOMMENDER_URL: url,
    RECOMMENDER_TIMEOUT_MS: '4000',
    RECOMMENDER_ATTEMPT_TIMEOUT_MS: '2000',
    ...env,
  }).get(RecommenderSettings);
  return new HttpProductRecommender(settings, new Dependencies(noObservers), new SystemClock());
}
