/** So long nothing must be degraded until all is said to be well: at half of the answers failing, a line each would flood. */
export const QUIET_MS = 10_000;

export type DegradationChange = 'began' | 'ended';

/** Tells the beginning and the end of a degradation, each once, from single answers. */
export class DegradationState {
  private degraded = false;
  private lastDegradedAtMs = 0;

  /** @param nowMs of a clock that never goes back */
  changeBy(answer: 'live' | 'degraded', nowMs: number): DegradationChange | null {
    if (answer === 'degraded') {
      this.lastDegradedAtMs = nowMs;
      if (this.degraded) return null;
      this.degraded = true;
      return 'began';
    }
    if (!this.degraded || nowMs - this.lastDegradedAtMs < QUIET_MS) return null;
    this.degraded = false;
    return 'ended';
  }
}
