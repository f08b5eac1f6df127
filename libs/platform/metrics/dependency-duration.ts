import { makeHistogramProvider } from '@willsoto/nestjs-prometheus';
import type { Histogram } from 'prom-client';

/** One name for every dependency, Postgres among them: an operator compares them in one graph. */
export const DEPENDENCY_DURATION = 'dependency_request_duration_seconds';

export type DependencyDuration = Histogram<'dependency' | 'operation' | 'outcome'>;

/** From a cached read by key, some tenths of a millisecond, to the longest wait that is allowed. */
const DURATION_BUCKETS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

export const dependencyDurationProvider = makeHistogramProvider({
  name: DEPENDENCY_DURATION,
  help: 'Duration of calls to a dependency, the wait for a connection included, by operation and outcome.',
  labelNames: ['dependency', 'operation', 'outcome'],
  buckets: DURATION_BUCKETS,
});
