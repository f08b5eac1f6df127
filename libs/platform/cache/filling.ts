import { setTimeout as delay } from 'node:timers/promises';
import type { CacheDeclaration, EntryKeys, Lifetime } from './cache.declaration.js';
import { entryIn, type FoundEntry, generationIn, type KeptEntry } from './entry.js';
import type { CacheTier } from './tier/cache-tier.js';

/** Of one kept value, as JSON: what is larger is loaded each time, and does not push out a thousand others. */
export const VALUE_LENGTH_MAX = 64 * 1024;
/** Absence is kept so briefly that a thing which appears elsewhere is soon seen. */
export const ABSENCE_SECONDS_MAX = 5;
/** A life is lengthened or shortened by up to this part, so that what was kept together does not end together. */
export const JITTER = 0.1;
/** A generation lasts a little longer than what is kept of it. In milliseconds. */
const GENERATION_SPARE_MS = 1_000;
/** How long one replica loads for all. In milliseconds. */
const LEASE_MS = 2_000;
/** The others wait so long for it, and then load for themselves. */
const LEASE_WAIT_MS = 500;
const LEASE_POLL_MS = 20;

type Load<T> = () => Promise<T | null>;

/** Loads a thing and keeps it, once for all replicas where that can be had. */
export class Filling<T> {
  constructor(
    private readonly declaration: CacheDeclaration<T>,
    private readonly tier: CacheTier,
  ) {}

  /** The thing, loaded here or in another replica that is at it. @throws what `load` throws */
  async fill(keys: EntryKeys, generation: string, lifetime: Lifetime, load: Load<T>): Promise<T | null> {
    const lease = keys.lease(generation);
    if (!(await this.isLeader(lease))) {
      const found = await this.awaited(keys, generation);
      if (found) return found.value;
    }
    return this.loaded(keys, generation, lifetime, load);
  }

  /** Loads it anew, unless another replica is at it. @throws what `load` throws */
  async refresh(keys: EntryKeys, generation: string, lifetime: Lifetime, load: Load<T>): Promise<T | null> {
    if (!(await this.isLeader(keys.lease(generation)))) return null;
    return this.loaded(keys, generation, lifetime, load);
  }

  /** Nobody waits for the tier: who asked has an answer, or an error, whatever becomes of keeping it. */
  private async loaded(keys: EntryKeys, generation: string, lifetime: Lifetime, load: Load<T>): Promise<T | null> {
    const lease = keys.lease(generation);
    try {
      const value = await load();
      void this.keep(keys, generation, lifetime, value).finally(() => this.leave(lease));
      return value;
    } catch (error) {
      void this.leave(lease);
      throw error;
    }
  }

  /** The next one need not wait for what has ended. */
  private async leave(lease: string): Promise<void> {
    await this.tier.remove([lease]).catch(() => undefined); // it ends by itself
  }

  private async isLeader(lease: string): Promise<boolean> {
    return this.tier.claim(lease, 1, LEASE_MS).catch(() => true);
  }

  /** What the leader keeps; undefined when it takes too long, has gone and kept nothing, or the generation ends. */
  private async awaited(keys: EntryKeys, generation: string): Promise<FoundEntry<T> | undefined> {
    const endsAtMs = performance.now() + LEASE_WAIT_MS;
    try {
      while (performance.now() < endsAtMs) {
        const [kept, current, leader] = await this.tier.read([keys.value, keys.generation, keys.lease(generation)]);
        const entry = entryIn(kept, { key: keys.key, generation, nowMs: Date.now() }, this.declaration);
        if (entry) return entry;
        if (leader === undefined || !isOf(current, generation)) return undefined;
        await delay(LEASE_POLL_MS);
      }
    } catch {
      // The tier is away: then it is loaded here.
    }
    return undefined;
  }

  /** Never fails: what could not be kept is loaded again. */
  async keep(keys: EntryKeys, generation: string, lifetime: Lifetime, value: T | null): Promise<void> {
    try {
      const { freshMs, keptMs } = lengths(lifetime, value === null);
      const kept = value === null ? null : this.declaration.write(value);
      const entry: KeptEntry = { generation, freshUntilMs: Date.now() + freshMs, value: kept };
      if (JSON.stringify(entry).length > VALUE_LENGTH_MAX) return;
      // Of another generation it would count for nothing, and yet lie over what was kept since.
      if (!(await this.tier.prolong(keys.generation, generation, keptMs + GENERATION_SPARE_MS))) return;
      await this.tier.write([keys.value], entry, keptMs);
    } catch {
      // The tier is away: its own metrics and log tell.
    }
  }
}

function isOf(kept: unknown, generation: string): boolean {
  const current = generationIn(kept);
  return current.state === 'current' && current.id === generation;
}

/** How long a value is fresh, and how long it is kept at all. */
export function lengths({ ttlSeconds, staleSeconds }: Lifetime, absent: boolean, random: () => number = Math.random) {
  const ttlMs = (absent ? Math.min(ttlSeconds, ABSENCE_SECONDS_MAX) : ttlSeconds) * 1_000;
  const freshMs = Math.max(1, Math.round(ttlMs * (1 + JITTER * (2 * random() - 1))));
  return { freshMs, keptMs: freshMs + (absent ? 0 : staleSeconds * 1_000) };
}
