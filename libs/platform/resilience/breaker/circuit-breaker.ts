import {
  BrokenCircuitError,
  circuitBreaker,
  type CircuitBreakerPolicy,
  CircuitState,
  handleAll,
  IsolatedCircuitError,
} from 'cockatiel';
import type { DependencyState } from '../dependency-observer.js';
import type { BreakerPolicy } from '../dependency-policy.js';
import { FailureWindow } from './failure-window.js';
import { OpenPeriod } from './open-period.js';
import { ProbeSeat } from './probe-seat.js';

/** What an attempt says of the dependency. `none`: it was cut off before there was anything to learn. */
export type Verdict = 'success' | 'failure' | 'none';

export interface BreakerOptions {
  /** Told after each change, once. `cause` is the failure that opened it. */
  readonly changed: (from: DependencyState, to: DependencyState, cause: unknown) => void;
  readonly nowMs: () => number;
  readonly random: () => number;
}

const NAMES: Readonly<Record<CircuitState, DependencyState>> = {
  [CircuitState.Closed]: 'closed',
  [CircuitState.Open]: 'open',
  [CircuitState.HalfOpen]: 'half-open',
  [CircuitState.Isolated]: 'isolated',
};

/**
 * cockatiel's circuit, which is told verdicts instead of running the work: in half-open it would let surplus calls
 * wait for the probes (here they are refused at once), and take an aborted probe for a success.
 */
export class CircuitBreaker {
  private readonly window: FailureWindow;
  private readonly period: OpenPeriod;
  private readonly circuit: CircuitBreakerPolicy;
  private last: CircuitState = CircuitState.Closed;
  /** Raised with each change: a verdict on an attempt that began before it says nothing about now. */
  private era = 0;
  private seatsTaken = 0;
  private readonly freeSeats: ProbeSeat[] = [];

  constructor(
    private readonly policy: BreakerPolicy,
    private readonly options: BreakerOptions,
  ) {
    this.window = new FailureWindow(policy, options.nowMs);
    this.period = new OpenPeriod(policy.openMs, options.nowMs, options.random);
    this.circuit = circuitBreaker(handleAll, {
      breaker: this.window,
      halfOpenAfter: this.period,
      halfOpenSampling: { calls: policy.probes, threshold: 0 },
    });
    this.circuit.onStateChange((state) => this.changed(state));
  }

  get state(): DependencyState {
    return NAMES[this.circuit.state];
  }

  /** Holds it open until the handle is disposed of. */
  isolate(): { dispose(): void } {
    return this.circuit.isolate();
  }

  /** @throws BrokenCircuitError, IsolatedCircuitError when a call would be refused now */
  assertAdmits(): void {
    const { state } = this.circuit;
    if (state === CircuitState.Isolated) throw new IsolatedCircuitError();
    if (state === CircuitState.Open && !this.period.over) throw new BrokenCircuitError();
    if (state === CircuitState.HalfOpen && this.seatsTaken >= this.policy.probes) throw new BrokenCircuitError();
  }

  /**
   * Runs the work if the circuit lets it through, and learns from how it ended: a value is a success, an error is what
   * `judge` says of it.
   * @throws BrokenCircuitError, IsolatedCircuitError at once; else what the work throws
   */
  async run<T>(work: () => Promise<T>, judge: (error: unknown) => Verdict): Promise<T> {
    this.assertAdmits();
    const seat = this.circuit.state === CircuitState.Closed ? undefined : this.takeSeat();
    const { era } = this;
    let verdict: Verdict = 'success';
    let failure: unknown;
    try {
      return await work();
    } catch (error) {
      failure = error;
      verdict = judge(error);
      throw error;
    } finally {
      if (era === this.era) await this.learn(verdict, failure, seat);
    }
  }

  private takeSeat(): ProbeSeat {
    const seat = this.freeSeats.pop() ?? new ProbeSeat(this.circuit);
    this.seatsTaken += 1; // after the seat: the first one's change of state resets the count
    return seat;
  }

  private async learn(verdict: Verdict, failure: unknown, seat: ProbeSeat | undefined): Promise<void> {
    if (verdict === 'none') {
      if (seat) this.freeSeat(seat);
    } else if (seat) {
      await (verdict === 'success' ? seat.succeeded() : seat.failed(failure));
    } else if (verdict === 'success') {
      this.window.success(CircuitState.Closed); // the hot path: no state can change, so the window alone has to know
    } else {
      await this.circuit.execute(() => Promise.reject(failure as Error)).catch(() => undefined);
    }
  }

  private freeSeat(seat: ProbeSeat): void {
    this.seatsTaken -= 1;
    this.freeSeats.push(seat);
  }

  private changed(to: CircuitState): void {
    const from = this.last;
    this.last = to;
    this.era += 1;
    this.seatsTaken = 0;
    this.freeSeats.length = 0;
    this.window.clear();
    const reason = this.circuit.lastFailure;
    const cause = to === CircuitState.Open && reason && 'error' in reason ? reason.error : undefined;
    this.options.changed(NAMES[from], NAMES[to], cause);
  }
}
