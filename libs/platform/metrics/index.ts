export { declareCounter, declareGauge, declareHistogram } from './declare-metric.js';
export {
  DEPENDENCY_BUCKETS,
  DEPENDENCY_DURATION,
  type DependencyDuration,
  noteDependencyDuration,
} from './dependency-duration.js';
export { describedMetrics, describeMetric, type DescribedMetric } from './metric-catalogue.js';
export { MetricSource } from './metric-source.js';
export { MetricsModule } from './metrics.module.js';
export { MetricsRegistry } from './metrics-registry.js';
export { BuildInfo } from './process-metrics.js';
export { renderMetricsReference } from './metrics-reference.js';
export { startAtZero } from './start-at-zero.js';
export { traceExemplar } from './trace-exemplar.js';
