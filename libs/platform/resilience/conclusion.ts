import { BrokenCircuitError, BulkheadRejectedError, IsolatedCircuitError } from 'cockatiel';
import { TimeSpent } from './bounds/time-spent.js';
import type { Verdict } from './breaker/circuit-breaker.js';
import { isRejected } from './dependency-failure.js';
import type { CallOutcome } from './dependency-observer.js';
import { DependencyTimeout, DependencyUnavailable } from './dependency.errors.js';

/**
 * An attempt that the whole call's end cut off tells something of the dependency only if it had this part of an
 * attempt's time: a caller who comes with 5 ms left must not open the circuit for all, and yet a dependency that never
 * answers must be found out where the budget has no room for a full second attempt.
 */
export const TELLING_PART_OF_ATTEMPT = 0.5;

/**
 * What an attempt that ended in `error` says of the dependency.
 * @param partOfAttempt how much of an attempt's time it had, 0 to 1
 */
export function verdictOn(error: unknown, partOfAttempt: number, caller: AbortSignal | undefined): Verdict {
  if (caller?.aborted) return 'none';
  if (isRejected(error)) return 'success';
  if (error instanceof TimeSpent && error.stretch === 'call' && partOfAttempt < TELLING_PART_OF_ATTEMPT) return 'none';
  return 'failure';
}

export interface Conclusion {
  readonly outcome: CallOutcome;
  /** What the caller gets. */
  readonly error: unknown;
}

/** What a call that ended in `error` is called, and what the caller gets for it, the cause kept. */
export function conclude(dependency: string, error: unknown, caller: AbortSignal | undefined): Conclusion {
  if (caller?.aborted) return { outcome: 'aborted', error: caller.reason };
  if (isRejected(error)) return { outcome: 'rejected', error };
  if (error instanceof TimeSpent)
    return { outcome: 'timeout', error: new DependencyTimeout(dependency, { cause: error }) };
  return { outcome: refusalOf(error) ?? 'failed', error: new DependencyUnavailable(dependency, { cause: error }) };
}

function refusalOf(error: unknown): CallOutcome | undefined {
  if (error instanceof BrokenCircuitError || error instanceof IsolatedCircuitError) return 'short-circuited';
  return error instanceof BulkheadRejectedError ? 'queue-full' : undefined;
}
