import type { Histogram } from 'prom-client';
import { currentRequest } from '#platform/context';
import { declareHistogram } from './declare-metric.js';
import { traceExemplar } from './trace-exemplar.js';

/** One name for every dependency, Postgres among them: an operator compares them in one graph. */
export const DEPENDENCY_DURATION = 'dependency_request_duration_seconds';

export type DependencyDuration = Histogram<'dependency' | 'operation' | 'outcome'>;

/**
 * From a cached read by key, some tenths of a millisecond, to the longest wait that is allowed. Each bound of a wait is
 * an edge, so that what was ended by it is told from what was not: Redis 100 ms, the recommender 150 and 300 ms, a
 * connection 1 s, a lock 1.5 s, the broker 2 s, a statement 3 s, the request 5 s.
 */
export const DEPENDENCY_BUCKETS = [
  0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.3, 0.5, 1, 1.5, 2, 3, 5,
] as const;

export const dependencyDurationProvider = declareHistogram({
  name: DEPENDENCY_DURATION,
  help: 'Duration of calls to a dependency, the wait for a connection included, by operation and outcome.',
  labels: {
    dependency: { of: 'names of dependencies, constants of the code', form: /^[a-z]+(-[a-z]+)*$/ },
    operation: {
      of: 'names of statements and calls; a list is followed by its order and the fields that it is filtered by',
      form: /^[a-z0-9-]+(\.[a-z0-9-]+)*(:[-+a-zA-Z]+)?$/,
    },
    outcome: [
      ...['ok', 'rejected', 'failed', 'timeout', 'short-circuited', 'queue-full', 'aborted'],
      ...['unavailable', 'cancelled'], // of statements
    ],
  },
  buckets: DEPENDENCY_BUCKETS,
});

/** Notes one call, with the trace of the request that it was made for. */
export function noteDependencyDuration(
  duration: DependencyDuration,
  labels: Readonly<Record<'dependency' | 'operation' | 'outcome', string>>,
  seconds: number,
): void {
  duration.observe({
    labels,
    value: seconds,
    exemplarLabels: traceExemplar(currentRequest()),
  });
}
