/** What a caller says of one call. */
export interface CallOptions {
  /** The label in metrics, of a small fixed set: `recommendations.get`. */
  readonly operation: string;
  /** Whether doing it twice is doing it once. Nothing else is ever repeated. */
  readonly idempotent: boolean;
  /** The caller's: its abort ends everything at once, and says nothing about the dependency. */
  readonly signal?: AbortSignal;
  /** What the caller has left of its own deadline; a call takes no more of it than the policy allows. */
  readonly remainingMs?: number;
}

/** One attempt, as what runs in it sees it. The signal is made for who asks for it. */
export interface Attempt {
  readonly signal: AbortSignal;
}

/** What runs in an attempt. It must obey the signal: when that is aborted, its place is given to another. */
export type Work<T> = (attempt: Attempt) => Promise<T>;
