/** Whole parts instead of fractions: ten times 0.1 is less than 1 in floating point. */
const TOKEN = 1_000_000;

/** What a quiet time saves up at most: the largest burst of retries. */
export const RETRY_TOKENS_MAX = 10;

/**
 * Retries across all calls of a dependency, as a token bucket: each call pays in a part of a token, each retry takes a
 * whole one. It starts empty, so that attempts <= (1 + ratio) · calls at every moment: a dependency that fails gets a
 * tenth more load, and not twice as much. (The idea of Finagle's RetryBudget, and of gRPC's retry throttling.)
 */
export class RetryBudget {
  private parts = 0;
  private readonly deposit: number;

  /** @param ratio retries for each call, 0 to 1 */
  constructor(ratio: number) {
    this.deposit = Math.floor(ratio * TOKEN);
  }

  /** A call has made its first attempt. */
  called(): void {
    this.parts = Math.min(this.parts + this.deposit, RETRY_TOKENS_MAX * TOKEN);
  }

  /** Takes what one retry costs; false, and nothing taken, when there isn't enough. */
  take(): boolean {
    if (this.parts < TOKEN) return false;
    this.parts -= TOKEN;
    return true;
  }
}
