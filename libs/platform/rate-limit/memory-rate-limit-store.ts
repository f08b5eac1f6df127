import { Injectable } from '@nestjs/common';
import { Clock } from '#kernel/clock';
import { RateLimitStore, type Limit, type NamedLimit, type Quota } from './rate-limit-store.js';

/**
 * Keys that are counted at one time for each length of window, some 150 bytes each. Beyond it the key that began first is
 * forgotten: who has a hundred thousand addresses is not held up by a limit for each address, and must not fill the memory.
 */
export const KEYS_MAX = 100_000;

interface Window {
  count: number;
  readonly endsAtMs: number;
}

/** The windows of one length, in the order in which they began, which is the one in which they end. */
type Lane = Map<string, Window>;

/** The limits of one replica: with n replicas a caller gets up to n times as much. */
@Injectable()
export class MemoryRateLimitStore extends RateLimitStore {
  /** By the length of a window: as many as limits have, which are settings and constants. */
  private readonly lanes = new Map<number, Lane>();

  constructor(private readonly clock: Clock) {
    super();
  }

  get size(): number {
    return [...this.lanes.values()].reduce((sum, { size }) => sum + size, 0);
  }

  override take(caller: string, limits: readonly NamedLimit[]): readonly Quota[] {
    const nowMs = this.clock.now().getTime();
    const quotas: Quota[] = [];
    for (const limit of limits) {
      const quota = this.count(keyOf(caller, limit), limit, nowMs);
      quotas.push(quota);
      if (quota.exceeded) break;
    }
    return quotas;
  }

  override peek(caller: string, limit: NamedLimit): Promise<Quota> {
    const nowMs = this.clock.now().getTime();
    const window = current(this.laneOf(limit), keyOf(caller, limit), nowMs);
    if (!window)
      return Promise.resolve({ remaining: limit.max, resetMs: limit.windowSeconds * 1_000, exceeded: false });
    return Promise.resolve({ ...left(window, limit, nowMs), exceeded: window.count >= limit.max });
  }

  private count(key: string, limit: Limit, nowMs: number): Quota {
    const lane = this.laneOf(limit);
    const window = current(lane, key, nowMs) ?? open(lane, key, limit, nowMs);
    const exceeded = window.count >= limit.max;
    if (!exceeded) window.count += 1;
    return { ...left(window, limit, nowMs), exceeded };
  }

  private laneOf({ windowSeconds }: Limit): Lane {
    const lane = this.lanes.get(windowSeconds) ?? new Map<string, Window>();
    if (lane.size === 0) this.lanes.set(windowSeconds, lane);
    return lane;
  }
}

const keyOf = (caller: string, { name }: NamedLimit): string => `${name}|${caller}`;

function current(lane: Lane, key: string, nowMs: number): Window | undefined {
  const window = lane.get(key);
  return window && nowMs < window.endsAtMs ? window : undefined;
}

function open(lane: Lane, key: string, { windowSeconds }: Limit, nowMs: number): Window {
  lane.delete(key); // an ended one would keep its old place
  forgetEnded(lane, nowMs);
  if (lane.size >= KEYS_MAX) forgetFirst(lane);
  const window = { count: 0, endsAtMs: nowMs + windowSeconds * 1_000 };
  lane.set(key, window);
  return window;
}

/** Those at the front, until one goes on: each is looked at once, so the cost of a request is the same on average. */
function forgetEnded(lane: Lane, nowMs: number): void {
  for (const [key, { endsAtMs }] of lane) {
    if (nowMs < endsAtMs) return;
    lane.delete(key);
  }
}

function forgetFirst(lane: Lane): void {
  const first = lane.keys().next();
  if (!first.done) lane.delete(first.value);
}

const left = ({ count, endsAtMs }: Window, { max }: Limit, nowMs: number) => ({
  remaining: Math.max(0, max - count),
  resetMs: endsAtMs - nowMs,
});
