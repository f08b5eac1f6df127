import { Module, type DynamicModule } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { TerminusModule } from '@nestjs/terminus';
import { Lifecycle } from '#platform/lifecycle';
import { HealthService } from './health.service.js';
import { ReadinessLog } from './readiness-log.js';
import { readinessMetricProviders } from './readiness-metric.js';

@Module({})
export class HealthModule {
  static forRoot(lifecycle: Lifecycle): DynamicModule {
    return {
      module: HealthModule,
      // Its logger would write an error for every probe of a replica that is starting or draining.
      imports: [DiscoveryModule, TerminusModule.forRoot({ logger: false })],
      providers: [
        { provide: Lifecycle, useValue: lifecycle },
        ReadinessLog,
        HealthService,
        ...readinessMetricProviders,
      ],
      exports: [HealthService],
    };
  }
}
