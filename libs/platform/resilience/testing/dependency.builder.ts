import { Dependency } from '../dependency.js';
import type { DependencyPolicy } from '../dependency-policy.js';
import { RecordingObserver } from './recording-observer.js';

type PolicyChanges = {
  readonly [Part in keyof DependencyPolicy]?: DependencyPolicy[Part] extends object
    ? Partial<DependencyPolicy[Part]>
    : DependencyPolicy[Part];
};

/** The recommender's numbers, save where a test says otherwise. */
export function aPolicy({ retry, breaker, bulkhead, ...rest }: PolicyChanges = {}): DependencyPolicy {
  return {
    name: 'recommender',
    attemptTimeoutMs: 150,
    totalTimeoutMs: 300,
    ...rest,
    retry: { attemptsMax: 2, baseDelayMs: 20, maxDelayMs: 50, budgetRatio: 0.1, ...retry },
    breaker: { failureRatio: 0.5, callsMin: 20, windowMs: 10_000, openMs: 10_000, probes: 3, ...breaker },
    bulkhead: { concurrentMax: 32, queuedMax: 32, ...bulkhead },
  };
}

/** A dependency with its observer. `random` is 0.5 where a test doesn't say. */
export function aDependency(changes: PolicyChanges = {}, random: () => number = () => 0.5) {
  const observer = new RecordingObserver();
  return { dependency: new Dependency(aPolicy(changes), { observer, random }), observer };
}
