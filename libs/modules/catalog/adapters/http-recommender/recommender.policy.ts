import type { DependencyPolicy } from '#platform/resilience';
import type { RecommenderSettings } from './recommender.settings.js';

/** As many connections as calls at one time. */
export const CONCURRENT_CALLS_MAX = 32;

/** How the recommender is treated. docs/guides/resilience.md has the reasons of the numbers. */
export const recommenderPolicy = ({ attemptTimeoutMs, timeoutMs }: RecommenderSettings): DependencyPolicy => ({
  name: 'recommender',
  // Who shortens the whole shortens each attempt, and need not know of it.
  attemptTimeoutMs: Math.min(attemptTimeoutMs, timeoutMs),
  totalTimeoutMs: timeoutMs,
  retry: { attemptsMax: 2, baseDelayMs: 25, maxDelayMs: 100, budgetRatio: 0.1 },
  breaker: { failureRatio: 0.5, callsMin: 20, windowMs: 10_000, openMs: 10_000, probes: 3 },
  bulkhead: { concurrentMax: CONCURRENT_CALLS_MAX, queuedMax: CONCURRENT_CALLS_MAX },
});
