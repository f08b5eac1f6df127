import type { Moment } from './moment.js';

/** How far apart moments are taken: as near to each other as any scraper's. */
export const INTERVAL_MS = 5_000;
/** A quarter of an hour: what was before the page was opened is what whoever is paged asks for. */
export const MOMENTS_MAX = 180;
/** What "the last minute" is compared with. */
export const WINDOW_MS = 60_000;

/** The last moments, oldest first, in bounded memory. */
export class History {
  private readonly kept: Moment[] = [];

  get moments(): readonly Moment[] {
    return this.kept;
  }

  add(moment: Moment): void {
    this.kept.push(moment);
    if (this.kept.length > MOMENTS_MAX) this.kept.shift();
    for (const old of this.kept) {
      if (old.atMs > moment.atMs - WINDOW_MS - 2 * INTERVAL_MS || old.detail === undefined) continue;
      old.detail = undefined;
    }
  }

  /** What `now` is compared with: the youngest moment that is a minute old, else the oldest that there is. */
  minuteBefore(nowMs: number): Moment | undefined {
    const detailed = this.kept.filter(({ detail, atMs }) => detail !== undefined && atMs < nowMs);
    return detailed.findLast(({ atMs }) => atMs <= nowMs - WINDOW_MS) ?? detailed[0];
  }
}
