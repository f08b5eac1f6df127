import type { DependencyPolicy } from '#platform/resilience';
import type { RedisSettings } from './redis.settings.js';

/** A connection on which nothing has come for so long is given up: the pings would have been answered. */
export const SILENCE_MAX_MS = 2_500;
/** Commands at one time: they share a connection, so this bounds what a slow server can pile up, and not sockets. */
const CONCURRENT_COMMANDS_MAX = 1_000;

/**
 * How Redis is treated. It is never tried twice: whoever asks has another way, and that is quicker than a retry. The
 * circuit opens early and briefly, since a wrong guess costs little: a few seconds without the cache. Its window is short, or
 * the many calls that went well before a server fell silent would outvote its silence for seconds.
 */
export const redisPolicy = ({ commandTimeoutMs }: RedisSettings): DependencyPolicy => ({
  name: 'redis',
  attemptTimeoutMs: commandTimeoutMs,
  totalTimeoutMs: commandTimeoutMs,
  retry: { attemptsMax: 1, baseDelayMs: 0, maxDelayMs: 0, budgetRatio: 0 },
  breaker: { failureRatio: 0.5, callsMin: 10, windowMs: 2_000, openMs: 2_000, probes: 2 },
  bulkhead: { concurrentMax: CONCURRENT_COMMANDS_MAX, queuedMax: 0 },
});
