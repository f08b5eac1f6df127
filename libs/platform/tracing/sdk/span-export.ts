import type { Context } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { BatchSpanProcessor, type ReadableSpan, type Span, type SpanProcessor } from '@opentelemetry/sdk-trace';
import { runOutsideRequest } from '#platform/context';
import { keyValuePairs } from '../key-value-pairs.js';
import { tracesUrlOf, type TracingSettings } from '../tracing.settings.js';
import type { SelfObservation } from './self-observation.js';

/**
 * Batches on their way at one time. While the process runs that is one; its end sends all that wait at once, and the
 * exporter refuses what is beyond this: everything in the queue, and the one that was on its way.
 */
const concurrentExportsMax = ({ queueMax, batchMax }: TracingSettings): number => Math.ceil(queueMax / batchMax) + 1;

/** To the collector, in batches, behind a queue that drops what is too much. */
export function spanExport(settings: TracingSettings, observation: SelfObservation): SpanProcessor {
  const exporter = new OTLPTraceExporter({
    url: tracesUrlOf(settings),
    headers: keyValuePairs(settings.headers ?? '') ?? {},
    timeoutMillis: settings.exportAttemptsTimeoutMs,
    concurrencyLimit: concurrentExportsMax(settings),
    selfObsMeterProvider: observation,
  });
  const batches = new BatchSpanProcessor({
    exporter,
    scheduledDelayMillis: settings.batchDelayMs,
    exportTimeoutMillis: settings.batchTimeoutMs,
    maxQueueSize: settings.queueMax,
    maxExportBatchSize: settings.batchMax,
    selfObsMeterProvider: observation,
  });
  return new OutsideOfRequests(batches, () => exporter.shutdown());
}

/** The timers and sockets of an export belong to no request: they would keep its context for as long as they live. */
class OutsideOfRequests implements SpanProcessor {
  constructor(
    private readonly processor: SpanProcessor,
    /** Waits for what is on its way. */
    private readonly endExports: () => Promise<void>,
  ) {}

  onStart(span: Span, context: Context): void {
    this.processor.onStart(span, context);
  }

  onEnd(span: ReadableSpan): void {
    runOutsideRequest(() => this.processor.onEnd(span));
  }

  forceFlush(): Promise<void> {
    return runOutsideRequest(() => this.processor.forceFlush());
  }

  shutdown(): Promise<void> {
    return runOutsideRequest(async () => {
      try {
        await this.processor.shutdown();
      } catch (error) {
        await this.endExports(); // it gives up at the first batch that fails, while the others are on their way
        throw error;
      }
    });
  }
}
