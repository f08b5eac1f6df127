export { TimeSpent } from './bounds/time-spent.js';
export { Dependencies } from './dependencies.js';
export { DependencyFailure, type DependencyFailureKind, type DependencyFailureOptions } from './dependency-failure.js';
export {
  DependencyObserver,
  type CallOutcome,
  type DependencyCall,
  type DependencyState,
  type DependencyStateChange,
} from './dependency-observer.js';
export type { BreakerPolicy, BulkheadPolicy, DependencyPolicy, RetryPolicy } from './dependency-policy.js';
export { DependencyTimeout, DependencyUnavailable } from './dependency.errors.js';
export type { Attempt, CallOptions, Work } from './call-options.js';
export { Dependency, type DependencyOptions } from './dependency.js';
export { ResilienceModule } from './resilience.module.js';
export { doublingDelayMs } from './retry/doubling-delay.js';
export { retryAfterMs } from './retry/retry-after.js';
