import { randomUUID } from 'node:crypto';
import { onceEnded, type UnitOutcome } from '#platform/unit-of-work';
import { HOLD_MARK } from './entry.js';
import type { Invalidations } from './invalidations.js';
import type { CacheTier, HeldKeys, Hold } from './tier/cache-tier.js';

/**
 * How long a key is kept from being cached for a change that was begun and of whose end nobody hears: longer than a
 * transaction of a request can last. In milliseconds.
 */
const HOLD_MS = 15_000;

/** Changes of things that are cached, from their beginning to their end. */
export class Changes {
  constructor(
    private readonly tier: CacheTier,
    private readonly invalidations: Invalidations,
  ) {}

  /**
   * Does a change of these things. While it is under way nobody keeps anything of them; when it is committed, or undone,
   * with the unit of work that it is a part of, what was kept counts no more, in any replica.
   * @throws whatever `work` throws, and nothing else
   */
  async around<R>(things: readonly HeldKeys[], work: () => Promise<R>): Promise<R> {
    const hold = { id: randomUUID(), mark: HOLD_MARK, ttlMs: HOLD_MS };
    const held = await this.hold(things, hold);
    const end = (outcome: UnitOutcome): Promise<void> => {
      // It may still be committed: the hold stays until it ends by itself.
      return outcome === 'unknown' && held ? Promise.resolve() : this.release(things, hold, outcome);
    };
    if (onceEnded(end)) return work();
    let outcome: UnitOutcome = 'unknown';
    try {
      const result = await work();
      outcome = 'kept';
      return result;
    } finally {
      await end(outcome);
    }
  }

  /** Gives whether the change is known to be under way. */
  private async hold(things: readonly HeldKeys[], hold: Hold): Promise<boolean> {
    try {
      await this.tier.hold(things, hold);
      return true;
    } catch {
      // A tier that takes no writes may take a removal still; if not, the change goes on all the same.
      const keys = things.flatMap(({ generation, holders }) => [generation, holders]);
      await this.tier.remove(keys).catch(() => undefined);
      return false;
    }
  }

  /**
   * Where nobody can tell how a change ended, and it was not held, it is now; and should that fail as well, what is kept
   * ends as soon as the tier can be told.
   */
  private async release(things: readonly HeldKeys[], hold: Hold, outcome: UnitOutcome): Promise<void> {
    if (outcome === 'unknown' && (await this.hold(things, hold))) return;
    await this.invalidations.invalidate(
      things.map(({ generation }) => generation),
      () => this.tier.release(things, hold),
    );
  }
}
