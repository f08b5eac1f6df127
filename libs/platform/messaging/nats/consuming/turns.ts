/** Work of everybody who shares it, no more than so much at one time; what waits has its turn in the order of its coming. */
export class Turns {
  private readonly waiting = new Set<() => void>();
  private taken = 0;

  constructor(private readonly max: number) {}

  /** @throws AbortError when it would have to wait for its turn, and the signal is aborted */
  async run<Result>(work: () => Promise<Result>, signal: AbortSignal): Promise<Result> {
    await this.take(signal);
    try {
      return await work();
    } finally {
      this.pass();
    }
  }

  private async take(signal: AbortSignal): Promise<void> {
    if (this.taken < this.max) {
      this.taken += 1;
      return;
    }
    signal.throwIfAborted();
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const leave = () => {
      this.waiting.delete(resolve);
      reject(signal.reason as Error);
    };
    this.waiting.add(resolve);
    signal.addEventListener('abort', leave, { once: true });
    // Whoever passes a turn on has taken the one that it goes to from those that wait: nobody is called twice.
    await promise.finally(() => signal.removeEventListener('abort', leave));
  }

  /** To the one that has waited longest, or to whoever comes next. */
  private pass(): void {
    const [next] = this.waiting;
    if (next === undefined) {
      this.taken -= 1;
      return;
    }
    this.waiting.delete(next);
    next();
  }
}
