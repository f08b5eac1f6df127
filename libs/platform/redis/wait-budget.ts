/** A wait of less is not worth its beginning. In milliseconds. */
const LEAST_MS = 1;

/** How long somebody may wait for something, all waits together; those at the same time count once. In milliseconds. */
export class WaitBudget {
  private spentMs = 0;
  private waiting = 0;
  private sinceMs = 0;

  constructor(
    private readonly budgetMs: number,
    private readonly nowMs: () => number = () => performance.now(),
  ) {}

  /** What is left, or 0 when it is not worth a try. */
  get leftMs(): number {
    const underWayMs = this.waiting > 0 ? this.nowMs() - this.sinceMs : 0;
    const leftMs = this.budgetMs - this.spentMs - underWayMs;
    return leftMs < LEAST_MS ? 0 : leftMs;
  }

  async spend<T>(wait: () => Promise<T>): Promise<T> {
    if (this.waiting === 0) this.sinceMs = this.nowMs();
    this.waiting += 1;
    try {
      return await wait();
    } finally {
      this.waiting -= 1;
      if (this.waiting === 0) this.spentMs += this.nowMs() - this.sinceMs;
    }
  }
}
