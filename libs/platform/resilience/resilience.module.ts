import { Global, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { Dependencies } from './dependencies.js';
import { DependenciesHealth } from './dependencies-health.js';
import { DependencyLog } from './dependency-log.js';
import { dependencyMetricProviders } from './dependency-metrics.js';

/** Once for the app: where adapters declare what they depend on, and what is told of it. */
@Global()
@Module({
  imports: [DiscoveryModule],
  providers: [Dependencies, DependencyLog, DependenciesHealth, ...dependencyMetricProviders],
  exports: [Dependencies],
})
export class ResilienceModule {}
