import type { Lsn } from './lsn.js';

/**
 * Samples that a replica has not replayed yet. The most that settings allow for: of the longest lag, 10 minutes, at the
 * shortest interval, 100 ms.
 */
const SAMPLES_MAX = 6_000;

interface Sample {
  readonly lsn: Lsn;
  readonly atMs: number;
}

/**
 * How old what a replica shows is, by the primary's log alone: at `atMs` the primary had written up to `lsn`, so a
 * replica that has replayed up to there shows nothing older. No clock of a server is asked, and a primary that writes
 * nothing makes no lag. All times are of `performance.now()`, in milliseconds.
 */
export class ReplayProgress {
  private waiting: Sample[] = [];
  private shownAtMs = -Infinity;
  private replayedLsn: Lsn = 0n;

  /** Up to here the replica has replayed, when it was last asked. */
  get replayed(): Lsn {
    return this.replayedLsn;
  }

  /**
   * Where the primary's log ended.
   * @param atMs when it was asked: before its answer was made, so that nothing older is missing
   */
  sampled(lsn: Lsn, atMs: number): void {
    // The oldest is forgotten first: then a replica that replays it seems older than it is, and never younger.
    if (this.waiting.length === SAMPLES_MAX) this.waiting.shift();
    this.waiting.push({ lsn, atMs });
  }

  /** Where the replica's replay has come to, asked after the last sample. */
  hasReplayed(upTo: Lsn): void {
    // A standby that was killed comes back with what it had on disk: what it had shown before is not there again.
    if (upTo < this.replayedLsn) this.shownAtMs = -Infinity;
    this.replayedLsn = upTo;
    const shown = this.waiting.findLast(({ lsn }) => lsn <= upTo);
    if (!shown) return;
    this.shownAtMs = shown.atMs;
    this.waiting = this.waiting.filter(({ atMs }) => atMs > shown.atMs);
  }

  /** At most so old is what the replica shows now; Infinity until it has replayed as far as a sample. */
  lagMs(nowMs: number): number {
    return nowMs - this.shownAtMs;
  }
}
