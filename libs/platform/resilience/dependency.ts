import { type Ending, untilEnd } from '#platform/deadline';
import { Bulkhead } from './bounds/bulkhead.js';
import { TimeSpent } from './bounds/time-spent.js';
import { asFollowed, within } from './bounds/within.js';
import { pause } from './bounds/pause.js';
import type { CallOptions, Work } from './call-options.js';
import { CircuitBreaker } from './breaker/circuit-breaker.js';
import { conclude, verdictOn } from './conclusion.js';
import type { CallOutcome, DependencyObserver, DependencyState } from './dependency-observer.js';
import { checkPolicy, type DependencyPolicy } from './dependency-policy.js';
import { Retries } from './retry/retries.js';

export interface DependencyOptions {
  readonly observer: DependencyObserver;
  /** Gives 0 to 1; chance is an input so that a test can set it. */
  readonly random?: () => number;
}

export interface DependencyLoad {
  readonly running: number;
  readonly queued: number;
}

/** One call that is under way. */
interface Call extends CallOptions {
  readonly budgetMs: number;
  readonly endsAtMs: number;
  attempts: number;
}

const nowMs = (): number => performance.now();

/**
 * Everything that stands between us and one dependency, made once: time-outs, retries, breaker, bulkhead. From the
 * outside in: total budget → retry → breaker's refusal → bulkhead → breaker → attempt time-out → the work.
 */
export class Dependency {
  private readonly breaker: CircuitBreaker;
  private readonly bulkhead: Bulkhead;
  private readonly retries: Retries;
  private readonly observer: DependencyObserver;

  /** @throws RangeError when the policy makes no sense */
  constructor(
    private readonly policy: DependencyPolicy,
    { observer, random = Math.random }: DependencyOptions,
  ) {
    checkPolicy(policy);
    this.observer = observer;
    this.bulkhead = new Bulkhead(policy.bulkhead);
    this.retries = new Retries(policy.retry, random);
    this.breaker = new CircuitBreaker(policy.breaker, {
      changed: (from, to, cause) => observer.changed({ dependency: policy.name, from, to, cause }),
      nowMs,
      random,
    });
  }

  get name(): string {
    return this.policy.name;
  }

  get state(): DependencyState {
    return this.breaker.state;
  }

  get load(): DependencyLoad {
    return { running: this.bulkhead.running, queued: this.bulkhead.queued };
  }

  /** Takes the dependency out by hand; it is closed again when every handle is disposed of. */
  isolate(): { dispose(): void } {
    return this.breaker.isolate();
  }

  /**
   * Asks the dependency, within all the bounds of its policy.
   * @throws DependencyUnavailable when the breaker is open, the bulkhead full, or the last attempt failed
   * @throws DependencyTimeout when an attempt (and no retry helped) or the whole call took too long
   * @throws DependencyFailure of kind `rejected`, as the work threw it
   * @throws the reason of the caller's signal, when that is aborted
   */
  async call<T>(work: Work<T>, options: CallOptions): Promise<T> {
    const startedAtMs = nowMs();
    const budgetMs = Math.min(this.policy.totalTimeoutMs, options.remainingMs ?? Number.POSITIVE_INFINITY);
    const call: Call = { ...options, budgetMs, endsAtMs: startedAtMs + budgetMs, attempts: 0 };
    let outcome: CallOutcome = 'ok';
    try {
      return await this.withinBudget(call, work);
    } catch (error) {
      const conclusion = conclude(this.name, error, options.signal);
      outcome = conclusion.outcome;
      throw conclusion.error;
    } finally {
      const durationSeconds = (nowMs() - startedAtMs) / 1_000;
      const { operation, attempts } = call;
      this.observer.called({ dependency: this.name, operation, outcome, durationSeconds, attempts });
    }
  }

  private async withinBudget<T>(call: Call, work: Work<T>): Promise<T> {
    const { budgetMs: timeoutMs, signal } = call;
    signal?.throwIfAborted();
    if (!(timeoutMs > 0)) throw new TimeSpent('call', timeoutMs);
    const bound = { stretch: 'call', timeoutMs, parent: signal && asFollowed(signal) } as const;
    return within(bound, (ending) => this.attempts(call, work, ending));
  }

  private async attempts<T>(call: Call, work: Work<T>, ending: Ending<Error>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.attempt(call, work, ending);
      } catch (error) {
        // A circuit that this failure has opened would refuse the retry: then nobody waits for one.
        if (this.breaker.state !== 'closed') throw error;
        const remainingMs = call.endsAtMs - nowMs();
        const delayMs = this.retries.delayMs({ error, attempt, idempotent: call.idempotent, remainingMs });
        if (delayMs === undefined) throw error;
        await pause(delayMs, ending);
      }
    }
  }

  private async attempt<T>(call: Call, work: Work<T>, ending: Ending<Error>): Promise<T> {
    // What the breaker refuses takes no place in the queue; it is asked again when the wait is over.
    this.breaker.assertAdmits();
    await this.bulkhead.enter(ending);
    try {
      const startedAtMs = nowMs();
      return await this.breaker.run(
        () => this.timed(call, work, ending),
        (error) => verdictOn(error, (nowMs() - startedAtMs) / this.policy.attemptTimeoutMs, call.signal),
      );
    } finally {
      this.bulkhead.leave();
    }
  }

  /** An attempt that the call's own end cuts off first needs no bound beside that. */
  private timed<T>(call: Call, work: Work<T>, parent: Ending<Error>): Promise<T> {
    const { attemptTimeoutMs: timeoutMs } = this.policy;
    if (call.endsAtMs - nowMs() <= timeoutMs) return this.carriedOut(call, work, parent);
    return within({ stretch: 'attempt', timeoutMs, parent }, (ending) => this.carriedOut(call, work, ending));
  }

  /** Also work that doesn't listen keeps nobody waiting: what it does after the end is lost, its rejection included. */
  private carriedOut<T>(call: Call, work: Work<T>, ending: Ending<Error>): Promise<T> {
    ending.throwIfEnded();
    if (call.attempts === 0) this.retries.called();
    call.attempts += 1;
    return untilEnd(ending, Promise.try(work, ending), () => undefined);
  }
}
