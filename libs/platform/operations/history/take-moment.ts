import { getHeapStatistics } from 'node:v8';
import type { Grouping, MetricReader, MetricValue } from './metric-reader.js';
import { COUNTED, METRICS } from './metric-names.js';
import type { Count, Moment } from './moment.js';
import { sumOf } from './tally.js';

const BY_ROUTE: Grouping = {
  nameOf: ({ method, route }) => `${method} ${route}`,
  isFailure: ({ status }) => Number(status) >= 500,
};

/** Outcomes in which the dependency, or the way to it, is at fault: not its "no", and not a caller that left. */
const FAILED_OUTCOMES: ReadonlySet<unknown> = new Set([
  'failed',
  'timeout',
  'unavailable',
  'short-circuited',
  'queue-full',
]);

const BY_DEPENDENCY: Grouping = {
  nameOf: ({ dependency }) => String(dependency),
  isFailure: ({ outcome }) => FAILED_OUTCOMES.has(outcome),
};

const total = (values: readonly { readonly value: number }[]): number =>
  values.reduce((sum, { value }) => sum + value, 0);

const inState = (values: readonly MetricValue[], wanted: string): number | null =>
  values.find(({ labels: { state } }) => state === wanted)?.value ?? null;

async function countersOf(metrics: MetricReader): Promise<Record<string, readonly Count[]>> {
  const read = COUNTED.map(async (name): Promise<[string, readonly Count[]]> => {
    const values = await metrics.values(name);
    return [name, values.map(({ labels, value }) => ({ labels, value }))]; // what prom-client gives goes on counting
  });
  return Object.fromEntries(await Promise.all(read));
}

/** Reads memory alone: some hundred microseconds. */
export async function takeMoment(metrics: MetricReader, atMs: number): Promise<Moment> {
  const [routes, dependencies, counters] = [
    await metrics.tallies(METRICS.requests, BY_ROUTE),
    await metrics.tallies(METRICS.calls, BY_DEPENDENCY),
    await countersOf(metrics),
  ];
  const pool = await metrics.values(METRICS.pool);
  const [pending] = await metrics.values(METRICS.outboxPending);
  const heap = getHeapStatistics();
  const { user, system } = process.cpuUsage();
  return {
    atMs,
    requests: sumOf(routes.byName.values()),
    shed: total(counters[METRICS.shed] ?? []),
    degraded: total(counters[METRICS.degraded] ?? []),
    failures: new Map([...dependencies.byName].map(([name, { failures }]) => [name, failures])),
    inFlight: total(await metrics.values(METRICS.inFlight)),
    poolUsed: inState(pool, 'used'),
    poolWaiting: inState(pool, 'waiting'),
    outboxPending: pending?.value ?? null,
    cpuMs: (user + system) / 1_000,
    loopActiveMs: performance.eventLoopUtilization().active,
    heapUsedBytes: heap.used_heap_size,
    heapLimitBytes: heap.heap_size_limit,
    detail: { routes, dependencies, counters },
  };
}
