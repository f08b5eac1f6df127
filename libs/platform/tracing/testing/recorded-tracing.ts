import { context, trace } from '@opentelemetry/api';
import { emptyResource } from '@opentelemetry/resources';
import { InMemorySpanExporter, SimpleSpanProcessor, type ReadableSpan } from '@opentelemetry/sdk-trace';
import { LateAllowance } from '../sdk/late-allowance.js';
import { tracerOver } from '../sdk/start-tracing.js';
import { installTracer, type Tracer } from '../tracer.js';
import type { SamplerName } from '../tracing.settings.js';

/** Tracing that is on, and keeps its spans where a test can see them. */
export interface RecordedTracing {
  readonly tracer: Tracer;
  /** Those that have ended, the first to end first. */
  readonly spans: readonly ReadableSpan[];
  /** As if it had never been on. */
  off(): void;
}

interface Sampling {
  readonly sampler?: SamplerName;
  readonly ratio?: number;
  readonly late?: LateAllowance;
}

export function recordedTracing({ sampler = 'always_on', ratio = 1, late }: Sampling = {}): RecordedTracing {
  const exporter = new InMemorySpanExporter();
  const settings = { sampler, samplerRatio: ratio };
  const tracer = tracerOver(
    settings,
    emptyResource(),
    new SimpleSpanProcessor({ exporter }),
    late ?? new LateAllowance(),
  );
  installTracer(tracer);
  return {
    tracer,
    get spans() {
      return exporter.getFinishedSpans();
    },
    off: () => {
      installTracer(undefined);
      context.disable();
      trace.disable();
    },
  };
}
