import { Global, Module, type OnModuleInit } from '@nestjs/common';
import { DiscoveryModule, DiscoveryService } from '@nestjs/core';
import { ExportLog } from './export-log.js';
import { activeTracer } from './tracer.js';
import { tracingMetricProviders } from './tracing-metrics.js';
import { traceUseCases } from './use-case-spans.js';

/** What the app adds to tracing, which has begun before it: the spans of use cases, metrics, and a line for what is lost. */
@Global()
@Module({ imports: [DiscoveryModule], providers: [ExportLog, ...tracingMetricProviders] })
export class TracingModule implements OnModuleInit {
  constructor(private readonly discovery: DiscoveryService) {}

  onModuleInit(): void {
    if (!activeTracer()) return;
    traceUseCases(this.discovery.getProviders().map((wrapper) => wrapper.instance as unknown));
  }
}
