/**
 * What is under way, by places that are used again. A Set for what comes and goes ten thousand times a second makes a new
 * table every few dozen times, and each table that V8 has left points to the next: once one of them is old, whatever lay in
 * its successors, whole requests with their answers, stays in memory until a full collection.
 */
export class Slots<T extends object> {
  private readonly items: (T | undefined)[] = [];
  private readonly free: number[] = [];

  get size(): number {
    return this.items.length - this.free.length;
  }

  /** @returns its place, until it is removed */
  add(item: T): number {
    const slot = this.free.pop() ?? this.items.length;
    this.items[slot] = item;
    return slot;
  }

  /** Once for each that was added: the place is the next one's from now on. */
  remove(slot: number): void {
    this.items[slot] = undefined;
    this.free.push(slot);
  }

  *[Symbol.iterator](): Iterator<T> {
    for (const item of this.items) if (item !== undefined) yield item;
  }
}
