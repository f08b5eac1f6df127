import { Injectable } from '@nestjs/common';
import { createCache, type Cache } from 'cache-manager';
import { Keyv, type StoredDataNoRaw } from 'keyv';
import { LRUCache } from 'lru-cache';
import { CacheTier, type HeldKeys, type Hold, type Kept } from './cache-tier.js';

/** Entries of all caches together; the one that was not used for the longest time leaves first. */
export const ENTRIES_MAX = 20_000;
/** What all of them may have as JSON; in memory it is some three times as much. */
const LENGTH_MAX = 32 * 1024 * 1024;

/** As Keyv puts it into its store. */
interface Entry {
  readonly value: Kept;
  readonly expires?: number;
}

/** The cache of one replica: what another one changes, it learns when its own entries end. */
@Injectable()
export class MemoryCacheTier extends CacheTier {
  private readonly entries = new LRUCache<string, Entry>({
    max: ENTRIES_MAX,
    maxSize: LENGTH_MAX,
    sizeCalculation: (entry) => JSON.stringify(entry).length,
  });
  private readonly cache: Cache;

  constructor() {
    super();
    const { entries } = this;
    // The library hands a store the time to live as a number, where this one takes an object; entries name their end anyway.
    const store = {
      get: (key: string) => entries.get(key),
      set: (key: string, entry: Entry) => void entries.set(key, entry),
      delete: (key: string) => entries.delete(key),
      clear: () => entries.clear(),
    };
    const keyv = new Keyv({ store, useKeyPrefix: false, throwOnErrors: true });
    keyv.serialize = undefined;
    keyv.deserialize = undefined;
    this.cache = createCache({ stores: [keyv] });
  }

  get size(): number {
    return this.entries.size;
  }

  override async read(keys: readonly string[]): Promise<readonly Kept[]> {
    return this.cache.mget<StoredDataNoRaw<Kept>>([...keys]);
  }

  override async write(keys: readonly string[], value: Kept, ttlMs: number): Promise<void> {
    await this.cache.mset(keys.map((key) => ({ key, value, ttl: ttlMs })));
  }

  /** In one go, which is what the library's own way, a read and then a write, is not. */
  override async claim(key: string, value: Kept, ttlMs: number): Promise<boolean> {
    const nowMs = Date.now();
    const { expires = Number.POSITIVE_INFINITY } = this.entries.get(key) ?? { expires: 0 };
    if (expires > nowMs) return false;
    this.entries.set(key, { value, expires: nowMs + ttlMs });
    return true;
  }

  override async prolong(key: string, value: string, ttlMs: number): Promise<boolean> {
    const nowMs = Date.now();
    const { value: kept, expires = Number.POSITIVE_INFINITY } = this.entries.get(key) ?? { value: undefined };
    if (kept !== value || expires <= nowMs) return false;
    this.entries.set(key, { value, expires: nowMs + ttlMs });
    return true;
  }

  override async hold(things: readonly HeldKeys[], { id, mark, ttlMs }: Hold): Promise<void> {
    const expires = Date.now() + ttlMs;
    for (const { generation, holders } of things) {
      this.entries.set(holders, { value: this.holding(holders).set(id, expires), expires });
      this.entries.set(generation, { value: mark, expires });
    }
  }

  override async release(things: readonly HeldKeys[], { id, mark }: Hold): Promise<void> {
    for (const { generation, holders } of things) {
      const others = this.holding(holders);
      others.delete(id);
      const expires = Math.max(...others.values());
      if (others.size === 0) await this.remove([generation, holders]);
      else {
        this.entries.set(holders, { value: others, expires });
        this.entries.set(generation, { value: mark, expires });
      }
    }
  }

  override async remove(keys: readonly string[]): Promise<void> {
    await this.cache.mdel([...keys]);
  }

  /** Who holds a thing still, and until when. */
  private holding(holders: string): Map<string, number> {
    const held = this.entries.get(holders)?.value;
    const nowMs = Date.now();
    return new Map(held instanceof Map ? [...(held as Map<string, number>)].filter(([, until]) => until > nowMs) : []);
  }
}
