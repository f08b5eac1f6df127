import { Module, type DynamicModule } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { Lifecycle } from '#platform/lifecycle';
import { HistorySampler } from './history/history-sampler.js';
import { MetricReader } from './history/metric-reader.js';
import { DependenciesNow } from './snapshot/dependencies-now.js';
import { HealthLook } from './snapshot/health-now.js';
import { Operations } from './snapshot/operations.js';
import { BreakerTimes } from './states/breaker-times.js';
import { RecentErrors } from './states/recent-errors.js';

@Module({})
export class OperationsModule {
  /** @param health the module whose report the page shows */
  static forRoot(lifecycle: Lifecycle, health: DynamicModule): DynamicModule {
    return {
      module: OperationsModule,
      imports: [DiscoveryModule, health],
      providers: [
        { provide: Lifecycle, useValue: lifecycle },
        ...[MetricReader, HistorySampler, BreakerTimes, RecentErrors, DependenciesNow, HealthLook, Operations],
      ],
    };
  }
}
