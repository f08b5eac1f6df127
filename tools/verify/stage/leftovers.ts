type Step = () => Promise<void>;

/** What a trial leaves to be undone: locks, databases, clients. The last made first. */
export class Leftovers {
  private readonly steps: Step[] = [];
  private closed = false;

  /** Undone when the trial has ended, however it did: at once for a trial that goes on when the run is over. */
  add(step: Step): void {
    if (this.closed) void step().catch(() => undefined);
    else this.steps.push(step);
  }

  /** Never rejects: what can't be undone must not keep the rest. */
  async clear(): Promise<void> {
    for (let step = this.steps.pop(); step; step = this.steps.pop()) await step().catch(() => undefined);
  }

  close(): Promise<void> {
    this.closed = true;
    return this.clear();
  }
}
