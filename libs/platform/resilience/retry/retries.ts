import { TimeSpent } from '../bounds/time-spent.js';
import { DependencyFailure } from '../dependency-failure.js';
import type { RetryPolicy } from '../dependency-policy.js';
import { backoffMs } from './backoff.js';
import { RetryBudget } from './retry-budget.js';

/** An attempt that has failed, and what there is to know before another. */
export interface FailedAttempt {
  readonly error: unknown;
  /** 1 for a call's first. */
  readonly attempt: number;
  readonly idempotent: boolean;
  /** Of the whole call. */
  readonly remainingMs: number;
}

/** Whether and when to try again. */
export class Retries {
  private readonly budget: RetryBudget;

  constructor(
    private readonly policy: RetryPolicy,
    private readonly random: () => number,
  ) {
    this.budget = new RetryBudget(policy.budgetRatio);
  }

  /** A call has made its first attempt: it pays in. */
  called(): void {
    this.budget.called();
  }

  /** The pause before the next attempt, which is then paid for; undefined when there must be none. */
  delayMs({ error, attempt, idempotent, remainingMs }: FailedAttempt): number | undefined {
    if (!idempotent || !mayPass(error) || attempt >= this.policy.attemptsMax) return undefined;
    const askedMs = error instanceof DependencyFailure ? (error.retryAfterMs ?? 0) : 0;
    const delayMs = backoffMs(this.policy, attempt, askedMs, this.random);
    if (delayMs >= remainingMs) return undefined;
    // Asked last: nothing is taken for a retry that doesn't come.
    return this.budget.take() ? delayMs : undefined;
  }
}

function mayPass(error: unknown): boolean {
  if (error instanceof TimeSpent) return error.stretch === 'attempt';
  return error instanceof DependencyFailure && error.kind === 'retryable';
}
