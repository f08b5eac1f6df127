import { describe, expect, it } from '@jest/globals';
import { Invalidations } from './invalidations.js';
import { MemoryCacheTier } from './tier/memory-cache-tier.js';

const AWAY = new Error('away');

/** A tier whose removals a test ends, in the order in which they were begun. */
class SlowTier extends MemoryCacheTier {
  readonly removals: { readonly keys: readonly string[]; readonly end: (failure?: Error) => void }[] = [];
  private readonly waiting: (() => void)[] = [];

  override remove(keys: readonly string[]): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.removals.push({ keys, end: (failure) => (failure ? reject(failure) : resolve()) });
    for (const tell of this.waiting.splice(0)) tell();
    return promise;
  }

  /** Resolves when so many were begun. */
  async begun(count: number): Promise<void> {
    while (this.removals.length < count) await new Promise<void>((resolve) => this.waiting.push(resolve));
  }
}

describe('Invalidations', () => {
  it('tells the tier again of what it could not be told of, until it is', async () => {
    const tier = new SlowTier();
    const invalidations = new Invalidations(tier);
    const told = invalidations.invalidate(['a', 'b']);
    tier.removals[0]?.end(AWAY);
    await told;
    expect([invalidations.pendingCount, invalidations.isPending('a'), invalidations.isPending('c')]).toEqual([
      2,
      true,
      false,
    ]);

    await tier.begun(2);
    tier.removals[1]?.end(AWAY);
    await tier.begun(3);
    expect(tier.removals[2]?.keys).toEqual(['a', 'b']);
    tier.removals[2]?.end();

    while (invalidations.pendingCount > 0) await new Promise((resolve) => setImmediate(resolve));
    expect(invalidations.isPending('a')).toBe(false);
  });

  it('is not told of a change by a removal that was begun before it', async () => {
    const tier = new SlowTier();
    const invalidations = new Invalidations(tier);
    const first = invalidations.invalidate(['a']);
    tier.removals[0]?.end(AWAY);
    await first;

    await tier.begun(2); // the first change is told again, and the answer takes its time
    const second = invalidations.invalidate(['a']);
    tier.removals[2]?.end(AWAY);
    await second;
    tier.removals[1]?.end();
    await new Promise((resolve) => setImmediate(resolve));

    expect(invalidations.isPending('a')).toBe(true);
    invalidations.onApplicationShutdown();
  });

  it('has thousands of keys told of without a pause, once the tier takes them', async () => {
    const tier = new SlowTier();
    const invalidations = new Invalidations(tier);
    const keys = Array.from({ length: 1_200 }, (_, n) => `key-${n}`);
    const told = invalidations.invalidate(keys);
    tier.removals[0]?.end(AWAY);
    await told;

    await tier.begun(2);
    const beganMs = performance.now();
    for (const batch of [1, 2, 3]) {
      await tier.begun(batch + 1);
      tier.removals[batch]?.end();
    }
    while (invalidations.pendingCount > 0) await new Promise((resolve) => setImmediate(resolve));

    expect(tier.removals.slice(1).flatMap((removal) => removal.keys)).toEqual(keys);
    expect(performance.now() - beganMs).toBeLessThan(500); // what two pauses would take, and more
  });
});
