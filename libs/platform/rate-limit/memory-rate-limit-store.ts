import { Injectable } from '@nestjs/common';
import { Clock } from '#kernel/clock';
import { RateLimitStore, type Limit, type Quota } from './rate-limit-store.js';

/**
 * Keys that are counted at one time, some 150 bytes each. Beyond it the key that began first is forgotten: who has a
 * hundred thousand addresses is not held up by a limit for each address, and must not fill the memory.
 */
export const KEYS_MAX = 100_000;

interface Window {
  count: number;
  readonly endsAtMs: number;
}

/** The limits of one replica: with n replicas a caller gets up to n times as much. */
@Injectable()
export class MemoryRateLimitStore extends RateLimitStore {
  /** In the order in which the windows began. */
  private readonly windows = new Map<string, Window>();

  constructor(private readonly clock: Clock) {
    super();
  }

  get size(): number {
    return this.windows.size;
  }

  override take(key: string, limit: Limit): Promise<Quota> {
    const nowMs = this.clock.now().getTime();
    const window = this.current(key, nowMs) ?? this.open(key, limit, nowMs);
    const exceeded = window.count >= limit.max;
    if (!exceeded) window.count += 1;
    return Promise.resolve({ ...left(window, limit, nowMs), exceeded });
  }

  override peek(key: string, limit: Limit): Promise<Quota> {
    const nowMs = this.clock.now().getTime();
    const window = this.current(key, nowMs);
    if (!window)
      return Promise.resolve({ remaining: limit.max, resetMs: limit.windowSeconds * 1_000, exceeded: false });
    return Promise.resolve({ ...left(window, limit, nowMs), exceeded: window.count >= limit.max });
  }

  private current(key: string, nowMs: number): Window | undefined {
    const window = this.windows.get(key);
    return window && nowMs < window.endsAtMs ? window : undefined;
  }

  private open(key: string, { windowSeconds }: Limit, nowMs: number): Window {
    this.windows.delete(key); // an ended one would keep its old place
    this.forgetEnded(nowMs);
    if (this.windows.size >= KEYS_MAX) this.forgetFirst();
    const window = { count: 0, endsAtMs: nowMs + windowSeconds * 1_000 };
    this.windows.set(key, window);
    return window;
  }

  /** Those at the front, until one goes on: each is looked at once, so the cost of a request is the same on average. */
  private forgetEnded(nowMs: number): void {
    for (const [key, { endsAtMs }] of this.windows) {
      if (nowMs < endsAtMs) return;
      this.windows.delete(key);
    }
  }

  private forgetFirst(): void {
    const first = this.windows.keys().next();
    if (!first.done) this.windows.delete(first.value);
  }
}

const left = ({ count, endsAtMs }: Window, { max }: Limit, nowMs: number) => ({
  remaining: Math.max(0, max - count),
  resetMs: endsAtMs - nowMs,
});
