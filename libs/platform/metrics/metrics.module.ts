import { Controller, Global, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { PrometheusModule } from '@willsoto/nestjs-prometheus';
import { dependencyDurationProvider } from './dependency-duration.js';
import { MetricsRegistry } from './metrics-registry.js';

/** Without a route: the registry is served on the management port, and the package would else mount /metrics here. */
@Controller()
class NoMetricsRoute {}

/** prom-client's registry and its process metrics, in Nest. The metrics of a concern stand with that concern. */
@Global()
@Module({
  imports: [DiscoveryModule, PrometheusModule.register({ controller: NoMetricsRoute, global: true })],
  providers: [MetricsRegistry, dependencyDurationProvider],
  exports: [MetricsRegistry, dependencyDurationProvider],
})
export class MetricsModule {}
