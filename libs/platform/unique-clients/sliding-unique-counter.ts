import { bucketAt, bucketsAt, type ClientWindow } from './client-window.js';
import { UniqueCounter } from './unique-counter.js';

/** Distinct texts of a window that slides: a counter for each bucket, and the old ones are forgotten. */
export class SlidingUniqueCounter {
  private readonly counters = new Map<number, UniqueCounter>();

  constructor(private readonly window: ClientWindow) {}

  /** Counters that are held: never more than the window has buckets. */
  get size(): number {
    return this.counters.size;
  }

  add(texts: Iterable<string>, nowMs: number): void {
    const counter = this.counterAt(nowMs);
    for (const text of texts) counter.add(text);
  }

  estimate(nowMs: number): number {
    const all = new UniqueCounter();
    for (const bucket of bucketsAt(this.window, nowMs)) {
      const counter = this.counters.get(bucket);
      if (counter) all.merge(counter);
    }
    return all.estimate();
  }

  private counterAt(nowMs: number): UniqueCounter {
    const bucket = bucketAt(this.window, nowMs);
    const found = this.counters.get(bucket);
    if (found) return found;
    this.forgetOutside(bucketsAt(this.window, nowMs));
    const counter = new UniqueCounter();
    this.counters.set(bucket, counter);
    return counter;
  }

  /** Also those that lie ahead, where a clock was set back. */
  private forgetOutside(buckets: readonly number[]): void {
    for (const bucket of this.counters.keys()) if (!buckets.includes(bucket)) this.counters.delete(bucket);
  }
}
