import { Injectable } from '@nestjs/common';
import { InjectMetric } from '@willsoto/nestjs-prometheus';
import type { Gauge } from 'prom-client';
import {
  declareGauge,
  DEPENDENCY_DURATION,
  type DependencyDuration,
  MetricSource,
  noteDependencyDuration,
} from '#platform/metrics';
import { Dependencies } from './dependencies.js';
import { type DependencyCall, DependencyObserver, type DependencyState } from './dependency-observer.js';

const STATE = 'dependency_breaker_state';

const STATE_VALUES: Readonly<Record<DependencyState, number>> = { closed: 0, 'half-open': 1, open: 2, isolated: 2 };

/** Rate, outcome and duration of every call. */
@Injectable()
export class DependencyMetrics extends DependencyObserver {
  constructor(@InjectMetric(DEPENDENCY_DURATION) private readonly duration: DependencyDuration) {
    super();
  }

  override called({ dependency, operation, outcome, durationSeconds }: DependencyCall): void {
    noteDependencyDuration(this.duration, { dependency, operation, outcome }, durationSeconds);
  }

  override changed(): void {}
}

/** The breakers' states, when the registry is read. */
@Injectable()
export class BreakerStates extends MetricSource {
  constructor(
    private readonly dependencies: Dependencies,
    @InjectMetric(STATE) private readonly state: Gauge<'dependency'>,
  ) {
    super();
  }

  override collect(): void {
    for (const { name, state } of this.dependencies) this.state.set({ dependency: name }, STATE_VALUES[state]);
  }
}

export const dependencyMetricProviders = [
  DependencyMetrics,
  BreakerStates,
  declareGauge({
    name: STATE,
    help: 'State of the circuit breaker of a dependency: 0 closed, 1 half-open, 2 open.',
    labels: { dependency: { of: 'names of dependencies, constants of the code', form: /^[a-z]+(-[a-z]+)*$/ } },
  }),
];
