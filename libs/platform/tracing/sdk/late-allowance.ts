/**
 * Failed spans of traces that are not sampled, each second: enough to see what fails, and no second load when everything
 * does.
 */
export const LATE_SPANS_PER_SECOND = 50;

/** A bucket that fills with time, and holds what one second brings. */
export class LateAllowance {
  readonly counts = new Map<string, number>();
  private left = LATE_SPANS_PER_SECOND;
  private filledAtMs: number;

  /** @param nowMs a clock that never goes back */
  constructor(private readonly nowMs: () => number = () => performance.now()) {
    this.filledAtMs = nowMs();
  }

  /** Whether one more may be exported. */
  take(): boolean {
    const nowMs = this.nowMs();
    const brought = ((nowMs - this.filledAtMs) / 1_000) * LATE_SPANS_PER_SECOND;
    this.left = Math.min(LATE_SPANS_PER_SECOND, this.left + brought);
    this.filledAtMs = nowMs;
    const kept = this.left >= 1;
    if (kept) this.left -= 1;
    const outcome = kept ? 'kept' : 'dropped';
    this.counts.set(outcome, (this.counts.get(outcome) ?? 0) + 1);
    return kept;
  }
}
