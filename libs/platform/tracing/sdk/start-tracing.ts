import { context, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { AlwaysOnSampler, TracerProvider, type SpanProcessor } from '@opentelemetry/sdk-trace';
import type { Resource } from '@opentelemetry/resources';
import { installReport } from '../active-report.js';
import { installTracer, type Tracer } from '../tracer.js';
import type { TracingSettings } from '../tracing.settings.js';
import { LateAllowance } from './late-allowance.js';
import { OtelTracer } from './otel-tracer.js';
import { PrescribedIds } from './prescribed-ids.js';
import { samplerOf } from './samplers.js';
import { SelfObservation } from './self-observation.js';
import { spanExport } from './span-export.js';

/** A statement is some hundred characters long, a path at most 256: what exceeds it is not what was meant. */
const SPAN_LIMITS = {
  attributeCountLimit: 64,
  attributeValueLengthLimit: 4_096,
  eventCountLimit: 16,
  linkCountLimit: 16,
};

/** Switches tracing on, for the rest of the process. */
export function startTracing(settings: TracingSettings, resource: Resource): Tracer {
  const observation = new SelfObservation();
  const late = new LateAllowance();
  const tracer = tracerOver(settings, resource, spanExport(settings, observation), late);
  installTracer(tracer);
  installReport({
    processed: observation.processed,
    exported: observation.exported,
    late: late.counts,
    onTrouble: (listener) => observation.onTrouble(listener),
  });
  return tracer;
}

/**
 * Two providers with one export: ours records what the entry has decided to; the other one is for packages that bring
 * instrumentation of their own, and samples as configured.
 */
export function tracerOver(
  settings: Pick<TracingSettings, 'sampler' | 'samplerRatio'>,
  resource: Resource,
  processor: SpanProcessor,
  late: LateAllowance,
): Tracer {
  const contexts = new AsyncLocalStorageContextManager().enable();
  const sampler = samplerOf(settings.sampler, settings.samplerRatio);
  const ids = new PrescribedIds();
  const shared = { resource, spanProcessors: [processor], spanLimits: SPAN_LIMITS };
  const own = new TracerProvider({ ...shared, sampler: new AlwaysOnSampler(), idGenerator: ids });
  context.setGlobalContextManager(contexts);
  trace.setGlobalTracerProvider(new TracerProvider({ ...shared, sampler }));
  const spans = own.getTracer('mainstay');
  return new OtelTracer({ spans, ids, sampler, contexts, late, shutdown: () => own.shutdown() });
}
