import { UniqueCounter } from './unique-counter.js';

/** Distinct texts of the last one to two intervals: two counters take turns, so that old ones are forgotten. */
export class SlidingUniqueCounter {
  private current = new UniqueCounter();
  private previous = new UniqueCounter();
  private turnsAtMs: number;

  constructor(
    private readonly intervalMs: number,
    private readonly nowMs: () => number = () => performance.now(),
  ) {
    this.turnsAtMs = nowMs() + intervalMs;
  }

  add(text: string): void {
    this.turn();
    this.current.add(text);
  }

  estimate(): number {
    this.turn();
    const both = new UniqueCounter();
    both.merge(this.current);
    both.merge(this.previous);
    return both.estimate();
  }

  private turn(): void {
    const lateMs = this.nowMs() - this.turnsAtMs;
    if (lateMs < 0) return;
    this.previous = lateMs < this.intervalMs ? this.current : new UniqueCounter();
    this.current = new UniqueCounter();
    this.turnsAtMs = this.nowMs() + this.intervalMs;
  }
}
