import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { CacheTier, type HeldKeys, type Hold, type Kept } from './cache-tier.js';

/** Entries of all caches together; the one that was not used for the longest time leaves first. */
export const ENTRIES_MAX = 20_000;
/** What all of them may have as JSON; in memory it is some three times as much. */
const LENGTH_MAX = 32 * 1024 * 1024;

interface Entry {
  readonly value: Kept;
  /** Since the epoch, in milliseconds. */
  readonly expires: number;
}

/**
 * The cache of one replica: what another one changes, it learns when its own entries end. Everything happens at once, and
 * what is read is the very object that was written.
 */
@Injectable()
export class MemoryCacheTier extends CacheTier {
  private readonly entries = new LRUCache<string, Entry>({
    max: ENTRIES_MAX,
    maxSize: LENGTH_MAX,
    sizeCalculation: (entry) => JSON.stringify(entry).length,
  });

  get size(): number {
    return this.entries.size;
  }

  override read(keys: readonly string[]): readonly Kept[] {
    const nowMs = Date.now();
    const kept: Kept[] = [];
    for (const key of keys) kept.push(this.live(key, nowMs)?.value);
    return kept;
  }

  override async write(keys: readonly string[], value: Kept, ttlMs: number): Promise<void> {
    const expires = Date.now() + ttlMs;
    for (const key of keys) this.entries.set(key, { value, expires });
  }

  override async claim(key: string, value: Kept, ttlMs: number): Promise<boolean> {
    const nowMs = Date.now();
    if (this.live(key, nowMs)) return false;
    this.entries.set(key, { value, expires: nowMs + ttlMs });
    return true;
  }

  override async prolong(key: string, value: string, ttlMs: number): Promise<boolean> {
    const nowMs = Date.now();
    if (this.live(key, nowMs)?.value !== value) return false;
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
    for (const key of keys) this.entries.delete(key);
  }

  private live(key: string, nowMs: number): Entry | undefined {
    const entry = this.entries.get(key);
    if (entry === undefined || nowMs < entry.expires) return entry;
    this.entries.delete(key);
    return undefined;
  }

  /** Who holds a thing still, and until when. */
  private holding(holders: string): Map<string, number> {
    const nowMs = Date.now();
    const held = this.live(holders, nowMs)?.value;
    return new Map(held instanceof Map ? [...(held as Map<string, number>)].filter(([, until]) => until > nowMs) : []);
  }
}
