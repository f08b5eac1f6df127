/** Calls that were counted, and how long they took. All of it only grows, as prom-client's histograms do. */
export interface Tally {
  readonly count: number;
  readonly failures: number;
  /** How many took at most {@link bounds}[i]; the rest took longer than the last of them. */
  readonly cumulative: readonly number[];
}

/** Of all tallies of one metric, in seconds. */
export type Bounds = readonly number[];

export interface TallySet {
  readonly bounds: Bounds;
  readonly byName: ReadonlyMap<string, Tally>;
}

export const NO_CALLS: Tally = { count: 0, failures: 0, cumulative: [] };

const combined = (a: Tally, b: Tally, sign: 1 | -1): Tally => ({
  count: a.count + sign * b.count,
  failures: a.failures + sign * b.failures,
  cumulative: Array.from(
    { length: Math.max(a.cumulative.length, b.cumulative.length) },
    (_, index) => (a.cumulative[index] ?? 0) + sign * (b.cumulative[index] ?? 0),
  ),
});

export const sumOf = (tallies: Iterable<Tally>): Tally =>
  [...tallies].reduce((sum, tally) => combined(sum, tally, 1), NO_CALLS);

/** What came after `before`, of which there may be nothing yet. */
export const since = (now: Tally, before: Tally | undefined): Tally => (before ? combined(now, before, -1) : now);
