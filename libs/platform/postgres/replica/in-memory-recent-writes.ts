import { laterOf, type Lsn } from './lsn.js';
import { RecentWrites } from './recent-writes.js';

/** Some 20 MB at most: 8,000 writes a second, of as many users and addresses, at the default bounds. */
const KEYS_MAX = 100_000;

interface Memory {
  readonly lsn: Lsn;
  /** Of `performance.now()`. */
  readonly endsAtMs: number;
}

const NOTHING: Memory = { lsn: 0n, endsAtMs: -Infinity };

/**
 * The writes of this process. Beyond so many keys the oldest make way, and from then on everybody is taken for their
 * writer: more reads go to the primary, and nobody misses his own write.
 */
export class InMemoryRecentWrites extends RecentWrites {
  /** The key that was touched last comes last: with one time to live, that is also the order in which they end. */
  private readonly memories = new Map<string, Memory>();
  private everybodys = NOTHING;

  constructor(private readonly keysMax = KEYS_MAX) {
    super();
  }

  override remember(keys: readonly string[], lsn: Lsn, ttlMs: number): Promise<void> {
    const nowMs = performance.now();
    this.forgetEnded(nowMs);
    for (const key of keys) {
      const known = this.memories.get(key);
      this.memories.delete(key);
      this.memories.set(key, both(known, { lsn, endsAtMs: nowMs + ttlMs }, nowMs));
    }
    this.makeWay(nowMs);
    return Promise.resolve();
  }

  override latest(keys: readonly string[]): Promise<Lsn | null> {
    const nowMs = performance.now();
    const all = keys.reduce((latest, key) => both(latest, this.memories.get(key) ?? NOTHING, nowMs), this.everybodys);
    return Promise.resolve(all.endsAtMs > nowMs ? all.lsn : null);
  }

  private forgetEnded(nowMs: number): void {
    for (const [key, { endsAtMs }] of this.memories) {
      if (endsAtMs > nowMs) return;
      this.memories.delete(key);
    }
  }

  private makeWay(nowMs: number): void {
    for (const [key, memory] of this.memories) {
      if (this.memories.size <= this.keysMax) return;
      this.memories.delete(key);
      this.everybodys = both(this.everybodys, memory, nowMs);
    }
  }
}

/** The later of two places, until the later of two ends; what has ended counts for nothing. */
function both(one: Memory | undefined, other: Memory, nowMs: number): Memory {
  if (one === undefined || one.endsAtMs <= nowMs) return other;
  if (other.endsAtMs <= nowMs) return one;
  return { lsn: laterOf(one.lsn, other.lsn), endsAtMs: Math.max(one.endsAtMs, other.endsAtMs) };
}
