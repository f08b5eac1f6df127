import type { Moment } from './moment.js';
import { quantile } from './quantile.js';
import { since, type Bounds } from './tally.js';

/** One plot's points, oldest first; null: there was nothing to measure. */
export type Points = readonly (number | null)[];

/** The last quarter of an hour, a point for each pair of neighbouring moments. Rates are per second. */
export interface Trends {
  /** When each stretch ended, in milliseconds since 1970. */
  readonly atMs: readonly number[];
  readonly requestsPerSecond: Points;
  readonly serverErrorsPerSecond: Points;
  readonly p50Seconds: Points;
  readonly p95Seconds: Points;
  readonly p99Seconds: Points;
  readonly inFlight: Points;
  readonly degradedPerSecond: Points;
  readonly shedPerSecond: Points;
  /** Of one core. */
  readonly cpuRatio: Points;
  readonly eventLoopRatio: Points;
  readonly heapRatio: Points;
  readonly poolUsed: Points;
  readonly poolWaiting: Points;
  readonly outboxPending: Points;
}

interface Stretch {
  readonly from: Moment;
  readonly to: Moment;
  readonly seconds: number;
}

export function stretchesOf(moments: readonly Moment[]): readonly Stretch[] {
  return moments.slice(1).map((to, index) => {
    const from = moments[index] as Moment;
    return { from, to, seconds: Math.max(0.001, (to.atMs - from.atMs) / 1_000) };
  });
}

export function trendsOf(moments: readonly Moment[], bounds: Bounds): Trends {
  const stretches = stretchesOf(moments);
  const each = (point: (stretch: Stretch) => number | null): Points => stretches.map(point);
  const rate = (of: (moment: Moment) => number): Points =>
    each(({ from, to, seconds }) => (of(to) - of(from)) / seconds);
  const latency = (q: number): Points => each(({ from, to }) => quantile(q, since(to.requests, from.requests), bounds));
  return {
    atMs: stretches.map(({ to }) => to.atMs),
    requestsPerSecond: rate(({ requests }) => requests.count),
    serverErrorsPerSecond: rate(({ requests }) => requests.failures),
    p50Seconds: latency(0.5),
    p95Seconds: latency(0.95),
    p99Seconds: latency(0.99),
    inFlight: each(({ to }) => to.inFlight),
    degradedPerSecond: rate(({ degraded }) => degraded),
    shedPerSecond: rate(({ shed }) => shed),
    cpuRatio: rate(({ cpuMs }) => cpuMs / 1_000),
    eventLoopRatio: rate(({ loopActiveMs }) => loopActiveMs / 1_000),
    heapRatio: each(({ to }) => to.heapUsedBytes / to.heapLimitBytes),
    poolUsed: each(({ to }) => to.poolUsed),
    poolWaiting: each(({ to }) => to.poolWaiting),
    outboxPending: each(({ to }) => to.outboxPending),
  };
}

/** A pause of so many moments without any ends a spell of trouble: a quarter of a minute. */
const QUIET_STRETCHES = 3;

/** The last spell in which a count rose. */
export interface Spell {
  /** When the first of it was counted, or before that: to five seconds. */
  readonly sinceMs: number;
  /** It is as old as the history: it may have begun before. */
  readonly orEarlier: boolean;
  readonly lastAtMs: number;
  /** The last of it is less than a quarter of a minute ago. */
  readonly isGoingOn: boolean;
}

/** Since when a count rises, as far as the history goes back; null when it has not risen. */
export function spellOf(moments: readonly Moment[], of: (moment: Moment) => number): Spell | null {
  const rose = stretchesOf(moments).map(({ from, to }) => of(to) > of(from));
  const last = rose.lastIndexOf(true);
  if (last < 0) return null;
  let first = last;
  for (let index = last; index >= 0 && first - index <= QUIET_STRETCHES; index -= 1) if (rose[index]) first = index;
  return {
    sinceMs: moments[first]?.atMs ?? 0,
    orEarlier: first === 0,
    lastAtMs: moments[last + 1]?.atMs ?? 0,
    isGoingOn: last >= rose.length - QUIET_STRETCHES,
  };
}
