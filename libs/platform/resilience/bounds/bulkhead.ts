import { BulkheadRejectedError } from 'cockatiel';
import { type Ending, untilEnd } from '#platform/deadline';
import type { BulkheadPolicy } from '../dependency-policy.js';

/**
 * So many at a time, so many waiting, first come first served. cockatiel's own keeps a waiter that has given up in the
 * queue until its turn comes, where it takes the place of a living one; here it leaves at once.
 */
export class Bulkhead {
  private taken = 0;
  /** A set keeps the order of arrival, and lets go of one in the middle without a search. */
  private readonly waiting = new Set<() => void>();

  constructor(private readonly policy: BulkheadPolicy) {}

  get running(): number {
    return this.taken;
  }

  get queued(): number {
    return this.waiting.size;
  }

  /**
   * Takes a place, waiting for one where there is room to wait. Give it back with {@link leave}.
   * @throws BulkheadRejectedError at once, when the queue is full; the reason of the end, when that ends the wait
   */
  async enter(ending: Ending<Error>): Promise<void> {
    const { concurrentMax, queuedMax } = this.policy;
    if (this.taken < concurrentMax) {
      this.taken += 1;
      return;
    }
    if (this.waiting.size >= queuedMax) throw new BulkheadRejectedError(concurrentMax, queuedMax);
    await this.turn(ending);
  }

  /** Hands the place to who has waited longest. */
  leave(): void {
    for (const admit of this.waiting) {
      this.waiting.delete(admit);
      admit();
      return;
    }
    this.taken -= 1;
  }

  private async turn(ending: Ending<Error>): Promise<void> {
    const { promise: admitted, resolve: admit } = Promise.withResolvers<void>();
    this.waiting.add(admit);
    try {
      await untilEnd(ending, admitted, () => undefined);
    } catch (error) {
      // Admitted and ended in one tick: the place is ours already, and nobody else would give it back.
      if (!this.waiting.delete(admit)) this.leave();
      throw error;
    }
  }
}
