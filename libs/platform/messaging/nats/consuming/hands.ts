import type { EventInHand } from './event-in-hand.js';

/** The events that a consumer has in hand, no more than so many. */
export class Hands {
  private readonly full = new Set<EventInHand>();
  private freed = Promise.withResolvers<void>();

  constructor(private readonly max: number) {}

  get free(): number {
    return this.max - this.full.size;
  }

  /** Holds the event until the work, which must not reject, is done. */
  hold(event: EventInHand, work: Promise<void>): void {
    this.full.add(event);
    void work.then(() => {
      this.full.delete(event);
      const { resolve } = this.freed;
      this.freed = Promise.withResolvers();
      resolve();
    });
  }

  /** Resolves when one more can be taken. */
  async whenFree(): Promise<void> {
    while (this.free <= 0) await this.freed.promise;
  }

  async whenEmpty(): Promise<void> {
    while (this.full.size > 0) await this.freed.promise;
  }

  giveBackAll(): void {
    for (const event of this.full) event.giveBack();
  }
}
