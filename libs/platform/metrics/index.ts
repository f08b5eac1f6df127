export { DEPENDENCY_DURATION, type DependencyDuration } from './dependency-duration.js';
export { MetricSource } from './metric-source.js';
export { MetricsModule } from './metrics.module.js';
export { MetricsRegistry } from './metrics-registry.js';
export { SlidingUniqueCounter } from './sliding-unique-counter.js';
