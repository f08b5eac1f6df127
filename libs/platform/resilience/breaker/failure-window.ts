import { CircuitState, type IBreaker } from 'cockatiel';
import type { BreakerPolicy } from '../dependency-policy.js';

/** Ten slices: what is counted is between 90% and 100% of the window old at most, in memory that never grows. */
const SLICES = 10;

interface Slice {
  /** Which slice of time this is, counted from the clock's zero: an older number means that its counts are over. */
  turn: number;
  failures: number;
  total: number;
}

/**
 * When to open: a part of the attempts in a sliding window has failed, and there were enough of them. cockatiel's
 * SamplingBreaker asks for a rate per second and not for a number, opens only *above* its threshold, ages one slice for
 * each call however long the silence was (an outage of an hour ago still counts), and reads the wall clock.
 */
export class FailureWindow implements IBreaker {
  private readonly slices: Slice[] = Array.from({ length: SLICES }, () => ({ turn: -1, failures: 0, total: 0 }));
  private readonly sliceMs: number;

  constructor(
    private readonly policy: Pick<BreakerPolicy, 'failureRatio' | 'callsMin' | 'windowMs'>,
    private readonly nowMs: () => number,
  ) {
    this.sliceMs = policy.windowMs / SLICES;
  }

  success(state: CircuitState): void {
    if (state === CircuitState.Closed) this.slice().total += 1;
  }

  failure(state: CircuitState): boolean {
    if (state !== CircuitState.Closed) return true;
    const slice = this.slice();
    slice.total += 1;
    slice.failures += 1;
    const { failures, total } = this.counts();
    return total >= this.policy.callsMin && failures >= this.policy.failureRatio * total;
  }

  counts(): { readonly failures: number; readonly total: number } {
    const oldest = this.turn() - SLICES + 1;
    let failures = 0;
    let total = 0;
    for (const slice of this.slices) {
      if (slice.turn < oldest) continue;
      failures += slice.failures;
      total += slice.total;
    }
    return { failures, total };
  }

  clear(): void {
    for (const slice of this.slices) slice.turn = -1;
  }

  /** Of cockatiel's interface, for a state that outlives the process. This one doesn't: a start is a fresh look. */
  get state(): unknown {
    return undefined;
  }

  set state(_state: unknown) {
    this.clear();
  }

  private turn(): number {
    return Math.floor(this.nowMs() / this.sliceMs);
  }

  private slice(): Slice {
    const turn = this.turn();
    const slice = this.slices[turn % SLICES] as Slice;
    if (slice.turn !== turn) Object.assign(slice, { turn, failures: 0, total: 0 });
    return slice;
  }
}
