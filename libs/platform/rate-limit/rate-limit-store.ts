/** So many requests in so much time. */
export interface Limit {
  readonly max: number;
  readonly windowSeconds: number;
}

/** A limit by its name, which clients see: kebab-case, so that it needs no escape in a header. */
export interface NamedLimit extends Limit {
  readonly name: string;
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
 * Counts the requests of each caller under each limit, in fixed windows that begin with a caller's first request. Its own
 * token: in memory for one replica, or shared by all.
 */
export abstract class RateLimitStore {
  /**
   * Counts one request under all limits that hold for it, in their order and in one go, as far as it gets: what one limit
   * refuses, the next ones don't count, and neither does that one, so that a refusal can't prolong itself.
   * @param caller any text
   * @param limits at least one
   * @returns what is left of each limit, up to and including the one that refuses; at once where nobody has to be asked,
   * since each request goes by here
   */
  abstract take(caller: string, limits: readonly NamedLimit[]): readonly Quota[] | Promise<readonly Quota[]>;

  /** What is left of one limit, and nothing is counted. */
  abstract peek(caller: string, limit: NamedLimit): Promise<Quota>;
}
