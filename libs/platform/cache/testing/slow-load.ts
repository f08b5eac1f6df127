import { setTimeout as delay } from 'node:timers/promises';
import type { CacheTier } from '../tier/cache-tier.js';
import type { Note } from './note.cache.js';

/** A load that a test lets go on when it likes, and that counts. */
export class SlowLoad {
  begun = 0;
  private readonly opened = Promise.withResolvers<void>();
  private readonly waiting: (() => void)[] = [];

  constructor(private readonly result: () => Note | null | Promise<Note | null>) {}

  readonly load = async (): Promise<Note | null> => {
    this.begun += 1;
    for (const tell of this.waiting.splice(0)) tell();
    const result = this.result(); // as of now: what a statement sees is what was committed when it began
    await this.opened.promise;
    return result;
  };

  open(): void {
    this.opened.resolve();
  }

  /** Resolves when somebody has begun to load. */
  async hasBegun(): Promise<void> {
    if (this.begun === 0) await new Promise<void>((resolve) => this.waiting.push(resolve));
  }
}

const isLease = (key: string): boolean => key.includes(':lease:');

/** Resolves when the tier has told somebody that another one is at the load. */
export function leaseRefused(tier: CacheTier): Promise<void> {
  const claim = tier.claim.bind(tier);
  return new Promise((resolve) => {
    tier.claim = async (key, value, ttlMs) => {
      const isClaimed = await claim(key, value, ttlMs);
      if (!isClaimed && isLease(key)) resolve();
      return isClaimed;
    };
  });
}

/** Lets nobody be the loader before `gate`. Resolves when somebody would be. */
export function leaseHeldUp(tier: CacheTier, gate: Promise<void>): Promise<void> {
  const claim = tier.claim.bind(tier);
  return new Promise((resolve) => {
    tier.claim = async (key, value, ttlMs) => {
      if (isLease(key)) {
        resolve();
        await gate;
      }
      return claim(key, value, ttlMs);
    };
  });
}

/** Resolves when the loader has kept what it could, and is the loader no more. */
export function leaseLeft(tier: CacheTier): Promise<void> {
  const remove = tier.remove.bind(tier);
  return new Promise((resolve) => {
    tier.remove = async (keys) => {
      await remove(keys);
      if (keys.some(isLease)) resolve();
    };
  });
}

/** Asks until the answer is as wanted. */
export async function until<T>(ask: () => Promise<T>, wanted: (answer: T) => boolean): Promise<T> {
  for (;;) {
    const answer = await ask();
    if (wanted(answer)) return answer;
    await delay(5);
  }
}
