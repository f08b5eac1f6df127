import { createNoopMeter, type Attributes, type Counter, type Meter, type MeterProvider } from '@opentelemetry/api';
import type { SpanCounts, TracingTrouble } from '../tracing-report.js';

const PROCESSED = 'otel.sdk.processor.span.processed';
const EXPORTED = 'otel.sdk.exporter.span.exported';
const ERROR_TYPE = 'error.type';
const QUEUE_FULL = 'queue_full';

/**
 * What the SDK counts of itself, by its own conventions (https://opentelemetry.io/docs/specs/semconv/otel/sdk-metrics):
 * a meter that keeps two of its counters, and nothing of the rest.
 */
export class SelfObservation implements MeterProvider {
  private readonly counters = { [PROCESSED]: new Map<string, number>(), [EXPORTED]: new Map<string, number>() };
  private readonly listeners: ((trouble: TracingTrouble) => void)[] = [];

  get processed(): SpanCounts {
    return this.counters[PROCESSED];
  }

  get exported(): SpanCounts {
    return this.counters[EXPORTED];
  }

  /** Calls when spans were lost, from now on: at each full queue and each failed export. It must not throw. */
  onTrouble(listener: (trouble: TracingTrouble) => void): void {
    this.listeners.push(listener);
  }

  getMeter(): Meter {
    const meter = createNoopMeter();
    meter.createCounter = (name) => this.counterOf(name);
    return meter;
  }

  private counterOf(name: string): Counter {
    const counts = name === PROCESSED || name === EXPORTED ? this.counters[name] : undefined;
    return { add: (spans, attributes) => counts && this.count(counts, spans, attributes) };
  }

  private count(counts: Map<string, number>, spans: number, attributes: Attributes = {}): void {
    const type = attributes[ERROR_TYPE];
    const errorType = typeof type === 'string' ? type : '';
    counts.set(errorType, (counts.get(errorType) ?? 0) + spans);
    // A failed export is counted by the exporter, and then once more by the processor that gave it the spans.
    const isNews = errorType !== '' && (counts === this.exported || errorType === QUEUE_FULL);
    if (!isNews) return;
    for (const listener of this.listeners) listener({ spans, errorType });
  }
}
