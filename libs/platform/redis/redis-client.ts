import { createClient } from 'redis';
import { doublingDelayMs } from '#platform/resilience';
import { SILENCE_MAX_MS } from './redis.policy.js';
import type { RedisSettings } from './redis.settings.js';

/** How often the server is asked whether it is there, also when nobody else asks. */
const PING_INTERVAL_MS = 1_000;
/** Waits between attempts: with an attempt's own time, a Redis that comes back is found within two seconds. */
const RECONNECT = { firstMs: 50, maxMs: 1_000 };
/** Commands that wait to be written or answered. Above what {@link redisPolicy} lets run at one time, abandoned ones included. */
const QUEUE_MAX = 4_000;

/**
 * The client's own time-out would be an AbortSignal for each command, which stays for five seconds also when the answer has
 * come: at thousands of commands a second, most of what the garbage collector has to do. Every wait is bounded outside
 * (`redisPolicy`), and the queue by its length and by the end of a silent connection.
 */
const NO_TIMEOUT = 0;

export type RedisClient = ReturnType<typeof redisClient>;

/**
 * The client, not connected yet. Of its defaults these would hang for ten seconds and more on a server that is down or
 * stopped: commands are queued while there is no connection, and a connection that is silent is kept. It sends no command
 * twice: what was in flight when the connection broke fails.
 */
export function redisClient({ url, connectTimeoutMs }: RedisSettings) {
  return createClient({
    ...(url !== undefined && { url }),
    name: 'mainstay',
    disableOfflineQueue: true,
    commandsQueueMaxLength: QUEUE_MAX,
    commandOptions: { timeout: NO_TIMEOUT },
    pingInterval: PING_INTERVAL_MS,
    // The server tells of its maintenance on some hosted offers only, and the client would stretch its bounds for it.
    maintNotifications: 'disabled',
    socket: {
      connectTimeout: connectTimeoutMs,
      socketTimeout: SILENCE_MAX_MS,
      reconnectStrategy: (retries: number) => reconnectDelayMs(retries),
    },
  });
}

/**
 * Doubling, bounded, and spread over its upper half, so that replicas which lost Redis together don't return together.
 * @param retries 0 for the first
 * @param random gives 0 to 1
 */
export function reconnectDelayMs(retries: number, random: () => number = Math.random): number {
  return doublingDelayMs(retries + 1, RECONNECT, random);
}
