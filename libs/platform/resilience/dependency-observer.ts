/** `isolated`: held open by hand. */
export type DependencyState = 'closed' | 'open' | 'half-open' | 'isolated';

/**
 * - `ok`, `rejected`: it answered; yes or no.
 * - `failed`, `timeout`: the last attempt failed, or there was no answer in time.
 * - `short-circuited`, `queue-full`: not asked, because the breaker is open or the bulkhead full.
 * - `aborted`: the caller left.
 */
export type CallOutcome = 'ok' | 'rejected' | 'failed' | 'timeout' | 'short-circuited' | 'queue-full' | 'aborted';

export interface DependencyCall {
  readonly dependency: string;
  readonly operation: string;
  readonly outcome: CallOutcome;
  /** From the call to its end: waits and pauses included. */
  readonly durationSeconds: number;
  /** Attempts that reached the dependency, as far as we know; 0 when it was not asked. */
  readonly attempts: number;
}

export interface DependencyStateChange {
  readonly dependency: string;
  readonly from: DependencyState;
  readonly to: DependencyState;
  /** The failure that opened it. */
  readonly cause?: unknown;
}

/**
 * Hears of every call, and of every change of a breaker's state, once. Discovered: a provider that extends it is told.
 * Runs on the path of every call: it must not wait and must not throw.
 */
export abstract class DependencyObserver {
  abstract called(call: DependencyCall): void;
  abstract changed(change: DependencyStateChange): void;
}
