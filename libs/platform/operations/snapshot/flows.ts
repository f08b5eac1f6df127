import { METRICS } from '../history/metric-names.js';
import type { Count, Detail, Moment } from '../history/moment.js';
import { quantile } from '../history/quantile.js';
import { since, type Bounds, type Tally, type TallySet } from '../history/tally.js';
import type { CacheState, DegradedFeature, EventFlow, Flow, Named } from './operations-snapshot.js';

/** What two moments say of the time between them. */
export interface Window {
  readonly now: Moment;
  /** Undefined just after the start: then all that was counted came in it. */
  readonly before: Moment | undefined;
  readonly seconds: number;
}

export function flowOf(tally: Tally, bounds: Bounds, seconds: number): Flow {
  const { count, failures } = tally;
  return {
    perSecond: count / seconds,
    failuresPerSecond: failures / seconds,
    failureRatio: count > 0 ? failures / count : null,
    p50Seconds: quantile(0.5, tally, bounds),
    p95Seconds: quantile(0.95, tally, bounds),
    p99Seconds: quantile(0.99, tally, bounds),
  };
}

/** Each by its name, with what came in the window; those that had nothing too. */
export function flowsOf(of: (detail: Detail) => TallySet, { now, before, seconds }: Window): readonly Named[] {
  if (!now.detail) return [];
  const { bounds, byName } = of(now.detail);
  const earlier = before?.detail && of(before.detail).byName;
  return [...byName].map(([name, tally]) => ({ name, ...flowOf(since(tally, earlier?.get(name)), bounds, seconds) }));
}

interface Increase extends Count {
  readonly increase: number;
}

const sameLabels = (a: Count, b: Count): boolean =>
  Object.entries(a.labels).every(([name, value]) => b.labels[name] === value);

export function increasesOf(metric: string, { now, before }: Window): readonly Increase[] {
  const earlier = before?.detail?.counters[metric] ?? [];
  return (now.detail?.counters[metric] ?? []).map((count) => {
    const was = earlier.find((other) => sameLabels(count, other))?.value ?? 0;
    return { ...count, increase: count.value - was };
  });
}

export function cachesOf(window: Window): readonly CacheState[] {
  const byCache = Map.groupBy(increasesOf(METRICS.caches, window), ({ labels: { cache } }) => String(cache));
  return [...byCache].map(([name, results]) => {
    const reads = results.reduce((sum, { increase }) => sum + increase, 0);
    const of = (...wanted: string[]): number =>
      results.reduce(
        (sum, { labels, increase }) => sum + (wanted.includes(String(labels['result'])) ? increase : 0),
        0,
      );
    return {
      name,
      perSecond: reads / window.seconds,
      hitRatio: reads > 0 ? of('hit', 'stale') / reads : null,
      perSecondByResult: Object.fromEntries(
        results.map(({ labels, increase }) => [String(labels['result']), increase / window.seconds]),
      ),
    };
  });
}

export const degradedOf = (window: Window): readonly DegradedFeature[] =>
  increasesOf(METRICS.degraded, window).map(({ labels, increase, value }) => ({
    name: String(labels['feature']),
    source: String(labels['source']),
    perSecond: increase / window.seconds,
    total: value,
  }));

export function eventsOf(window: Window): readonly EventFlow[] {
  const flow = (direction: EventFlow['direction'], name: string, { labels, increase, value }: Increase): EventFlow => ({
    ...{ direction, name, outcome: String(labels['outcome']), total: value },
    perMinute: (increase * 60) / window.seconds,
  });
  return [
    ...increasesOf(METRICS.published, window).map((count) => flow('sent', 'all', count)),
    ...increasesOf(METRICS.consumed, window).map((count) => flow('consumed', String(count.labels['type']), count)),
  ];
}
