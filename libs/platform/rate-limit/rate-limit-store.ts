/** So many requests in so much time. */
export interface Limit {
  readonly max: number;
  readonly windowSeconds: number;
}

/** What is left of a limit. */
export interface Quota {
  /** Requests that the window still allows, never below 0. */
  readonly remaining: number;
  /** Until the window ends. */
  readonly resetMs: number;
  /** This request was one too many. */
  readonly exceeded: boolean;
}

/**
 * Counts requests by key, in fixed windows that begin with the first request of a key. Its own token: in memory for one
 * replica, or shared by all.
 */
export abstract class RateLimitStore {
  /** Counts one request, and says what is left. What is refused counts no further, so that a refusal can't prolong itself. */
  abstract take(key: string, limit: Limit): Promise<Quota>;

  /** What is left, and nothing is counted. */
  abstract peek(key: string, limit: Limit): Promise<Quota>;
}
