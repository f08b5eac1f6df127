import type { IBackoff, IHalfOpenAfterBackoffContext } from 'cockatiel';

/** The most that chance adds to the time open: replicas that opened together don't probe together. */
export const OPEN_JITTER_RATIO = 0.2;

/**
 * How long the circuit stays open, as cockatiel's backoff. cockatiel compares the wall clock with a duration; this one
 * answers with "for ever" until a monotonic clock says that the time is over, so that a clock which is set back can't
 * hold the circuit open.
 */
export class OpenPeriod implements IBackoff<IHalfOpenAfterBackoffContext> {
  private endsAtMs = 0;

  constructor(
    private readonly openMs: number,
    private readonly nowMs: () => number,
    private readonly random: () => number,
  ) {}

  /** The circuit opens now. */
  next(): this {
    this.endsAtMs = this.nowMs() + this.openMs * (1 + OPEN_JITTER_RATIO * this.random());
    return this;
  }

  get over(): boolean {
    return this.nowMs() >= this.endsAtMs;
  }

  get duration(): number {
    return this.over ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  }
}
