import { doublingDelayMs } from '#platform/resilience';

/** First wait between two attempts to reach Postgres. */
export const RECONNECT_DELAY_FIRST_MS = 100;
/** Longest wait: with an attempt's own second, a Postgres that arrives is found within some two seconds. */
export const RECONNECT_DELAY_MAX_MS = 1_000;

const BOUNDS = { firstMs: RECONNECT_DELAY_FIRST_MS, maxMs: RECONNECT_DELAY_MAX_MS };

/**
 * The wait after a failed attempt: doubling, bounded, and spread over its upper half, so that replicas which lost
 * Postgres together don't return together.
 * @param attempt 1 for the first
 * @param random gives 0 to 1
 */
export function reconnectDelayMs(attempt: number, random: () => number = Math.random): number {
  return doublingDelayMs(attempt, BOUNDS, random);
}
