import { setTimeout as delay } from 'node:timers/promises';
import type { CacheDeclaration, EntryKeys, Lifetime } from './cache.declaration.js';
import { entryIn, type FoundEntry, generationIn, type KeptEntry } from './entry.js';
import { lengths } from './lengths.js';
import type { CacheTier, Kept } from './tier/cache-tier.js';

/** Of one kept value, as JSON: what is larger is loaded each time, and does not push out a thousand others. */
export const VALUE_LENGTH_MAX = 64 * 1024;
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
    const lead = await this.lead(keys, generation);
    const found = lead === 'led' ? await this.awaited(keys, generation).catch(() => 'leads' as const) : lead;
    return found === 'leads' ? this.loaded(keys, generation, lifetime, load) : found.value;
  }

  /** Loads it anew, unless another replica is at it. @throws what `load` throws */
  async refresh(keys: EntryKeys, generation: string, lifetime: Lifetime, load: Load<T>): Promise<T | null> {
    const lead = await this.lead(keys, generation);
    if (lead === 'led') return null;
    return lead === 'leads' ? this.loaded(keys, generation, lifetime, load) : lead.value;
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

  /** Whether who asks is to load it, another is at it, or the last leader has kept it since who asks has looked. */
  private async lead(keys: EntryKeys, generation: string): Promise<FoundEntry<T> | 'leads' | 'led'> {
    const lease = keys.lease(generation);
    try {
      if (!(await this.tier.claim(lease, 1, LEASE_MS))) return 'led';
      const [kept] = await this.tier.read([keys.value]); // the last one has kept it before its lease ended
      const found = this.entryIn(kept, keys, generation);
      if (!found?.fresh) return 'leads';
      void this.leave(lease);
      return found;
    } catch {
      return 'leads'; // the tier is away
    }
  }

  /** What the leader keeps; it takes too long, or has gone and kept nothing, or the generation ends: then it is loaded here. */
  private async awaited(keys: EntryKeys, generation: string): Promise<FoundEntry<T> | 'leads'> {
    const endsAtMs = performance.now() + LEASE_WAIT_MS;
    while (performance.now() < endsAtMs) {
      const [kept, current, leader] = await this.tier.read([keys.value, keys.generation, keys.lease(generation)]);
      const entry = this.entryIn(kept, keys, generation);
      if (entry) return entry;
      if (leader === undefined || !isOf(current, generation)) break;
      await delay(LEASE_POLL_MS);
    }
    return 'leads';
  }

  private entryIn(kept: Kept, { key }: EntryKeys, generation: string): FoundEntry<T> | undefined {
    return entryIn(kept, { key, generation, nowMs: Date.now() }, this.declaration);
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
