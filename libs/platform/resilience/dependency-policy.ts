/** How one dependency is treated. Declared once, at boot: see docs/guides/resilience.md for numbers to start from. */
export interface DependencyPolicy {
  /** The label `dependency` in metrics, logs and health: `recommender`. */
  readonly name: string;
  /** What one attempt may take; its signal is aborted then. */
  readonly attemptTimeoutMs: number;
  /** What a call may take: the wait for a place, all attempts, and the pauses between them. */
  readonly totalTimeoutMs: number;
  readonly retry: RetryPolicy;
  readonly breaker: BreakerPolicy;
  readonly bulkhead: BulkheadPolicy;
}

export interface RetryPolicy {
  /** All attempts of a call, the first included: 2 is one retry, 1 is none. */
  readonly attemptsMax: number;
  /** The pause before retry n is drawn evenly from 0 to min(maxDelayMs, baseDelayMs · 2^(n−1)). */
  readonly baseDelayMs: number;
  readonly maxDelayMs: number;
  /** Retries as a part of all calls together: 0.1 is one retry for ten calls, however many of them fail. */
  readonly budgetRatio: number;
}

export interface BreakerPolicy {
  /** Opens when this part of the attempts in the window failed, 0 to 1, … */
  readonly failureRatio: number;
  /** … and there were at least so many of them: one failure at night is no outage. */
  readonly callsMin: number;
  readonly windowMs: number;
  /** How long it stays open, plus up to a fifth of it at random. */
  readonly openMs: number;
  /** So many successes in a row close it again; no more are let through until they are in. */
  readonly probes: number;
}

export interface BulkheadPolicy {
  /** Attempts that run at one time, in this process. */
  readonly concurrentMax: number;
  /** Calls that wait for a place; one more is refused at once. */
  readonly queuedMax: number;
}

/** The longest delay that a timer of Node keeps: one more, and it fires at once. */
const TIMER_MAX_MS = 2 ** 31 - 1;

/** @throws RangeError that names the first number which makes no sense */
export function checkPolicy({ name, attemptTimeoutMs, totalTimeoutMs, retry, breaker, bulkhead }: DependencyPolicy) {
  const demand = (holds: boolean, rule: string): void => {
    if (!holds) throw new RangeError(`The policy of the dependency "${name}" is not sound: ${rule}.`);
  };
  const count = (value: number, min: number) => Number.isSafeInteger(value) && value >= min;
  const time = (value: number) => value > 0 && value <= TIMER_MAX_MS;

  demand(/^[a-z][a-z0-9-]{0,39}$/.test(name), 'its name is a metric label in kebab-case');
  demand(time(attemptTimeoutMs), 'attemptTimeoutMs is above 0, and what a timer can hold');
  demand(time(totalTimeoutMs) && totalTimeoutMs >= attemptTimeoutMs, 'totalTimeoutMs holds at least one attempt');
  demand(count(retry.attemptsMax, 1), 'retry.attemptsMax counts the first attempt too');
  demand(retry.baseDelayMs >= 0 && retry.maxDelayMs >= retry.baseDelayMs, '0 <= retry.baseDelayMs <= maxDelayMs');
  demand(retry.maxDelayMs <= TIMER_MAX_MS, 'retry.maxDelayMs is what a timer can hold');
  demand(retry.budgetRatio >= 0 && retry.budgetRatio <= 1, 'retry.budgetRatio is between 0 and 1');
  demand(breaker.failureRatio > 0 && breaker.failureRatio <= 1, 'breaker.failureRatio is above 0 and at most 1');
  demand(count(breaker.callsMin, 1), 'breaker.callsMin is at least 1');
  demand(time(breaker.windowMs) && time(breaker.openMs), 'breaker.windowMs and openMs are above 0');
  demand(count(breaker.probes, 1), 'breaker.probes is at least 1');
  demand(count(bulkhead.concurrentMax, 1), 'bulkhead.concurrentMax is at least 1');
  demand(count(bulkhead.queuedMax, 0), 'bulkhead.queuedMax is a count');
}
