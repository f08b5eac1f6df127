import { Controller, Global, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { PrometheusModule } from '@willsoto/nestjs-prometheus';
import { dependencyDurationProvider } from './dependency-duration.js';
import { MetricsRegistry } from './metrics-registry.js';
import { BuildInfo, describeProcessMetrics, processMetricProviders } from './process-metrics.js';

/** Without a route: the registry is served on the management port, and the package would else mount /metrics here. */
@Controller()
class NoMetricsRoute {}

const prometheus = PrometheusModule.register({ controller: NoMetricsRoute, global: true });
describeProcessMetrics(); // they are there from now on

/** prom-client's registry and its process metrics, in Nest. The metrics of a concern stand with that concern. */
@Global()
@Module({
  imports: [DiscoveryModule, prometheus],
  providers: [MetricsRegistry, dependencyDurationProvider, ...processMetricProviders],
  exports: [MetricsRegistry, dependencyDurationProvider, BuildInfo],
})
export class MetricsModule {}
