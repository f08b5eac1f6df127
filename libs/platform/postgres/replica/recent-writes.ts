import type { Lsn } from './lsn.js';

/**
 * Who wrote a short while ago, and up to where in the log: so that a caller is answered from a replica only when that has
 * replayed his own writes. Several replicas of the service keep this promise together when they share the memory.
 */
export abstract class RecentWrites {
  /**
   * Resolves when a read that begins now would find it, within a bound of the adapter's own.
   * @param keys of the caller: opaque, and nothing personal in clear
   * @param ttlMs for so long at least; after it, a replica that is allowed to answer shows the write in any case
   */
  abstract remember(keys: readonly string[], lsn: Lsn, ttlMs: number): Promise<void>;

  /**
   * The latest of what is remembered under any of the keys, or null. It may be later than what was remembered, when the
   * memory is full or a lower one was added; never earlier.
   * @throws Error when it can't be known: then the caller is answered by the primary
   */
  abstract latest(keys: readonly string[]): Promise<Lsn | null>;
}
