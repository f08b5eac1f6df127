import type { RetryPolicy } from '../dependency-policy.js';

/**
 * The pause before a retry: exponential, with full jitter ("Exponential Backoff and Jitter", AWS Architecture Blog,
 * 2015), so that callers which failed together don't return together. A `Retry-After` comes on top of the draw: those
 * who were told the same second don't return in the same millisecond either.
 * @param retry 1 for the first
 * @param random gives 0 to 1
 */
export function backoffMs(
  { baseDelayMs, maxDelayMs }: RetryPolicy,
  retry: number,
  retryAfterMs: number,
  random: () => number,
): number {
  const ceilingMs = Math.min(maxDelayMs, baseDelayMs * 2 ** (retry - 1));
  return retryAfterMs + random() * ceilingMs;
}
