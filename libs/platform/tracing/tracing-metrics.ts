import { Injectable } from '@nestjs/common';
import { InjectMetric } from '@willsoto/nestjs-prometheus';
import type { Counter, Gauge } from 'prom-client';
import { declareCounter, declareGauge, MetricSource } from '#platform/metrics';
import { activeReport } from './active-report.js';
import { activeTracer } from './tracer.js';
import type { SpanCounts } from './tracing-report.js';

const PROCESSED = 'otel_sdk_processor_span_processed_total';
const EXPORTED = 'otel_sdk_exporter_span_exported_total';
const LATE = 'tracing_late_spans_total';
const ENABLED = 'tracing_enabled';

const LATE_OUTCOMES = ['kept', 'dropped'];

/** What tracing says of itself; the names are those of the SDK's own conventions where these have one. */
@Injectable()
export class TracingMetrics extends MetricSource {
  constructor(
    @InjectMetric(PROCESSED) private readonly processed: Counter<'error_type'>,
    @InjectMetric(EXPORTED) private readonly exported: Counter<'error_type'>,
    @InjectMetric(LATE) private readonly late: Counter<'outcome'>,
    @InjectMetric(ENABLED) private readonly enabled: Gauge,
  ) {
    super();
  }

  override collect(): void {
    this.enabled.set(activeTracer() ? 1 : 0);
    const report = activeReport();
    if (!report) return;
    copy(report.processed, (error_type, spans) => this.processed.inc({ error_type }, spans), this.processed);
    copy(report.exported, (error_type, spans) => this.exported.inc({ error_type }, spans), this.exported);
    this.late.reset();
    for (const outcome of LATE_OUTCOMES) this.late.inc({ outcome }, report.late.get(outcome) ?? 0);
  }
}

/** Counted where a span ends, and shown here: prom-client's counters can only be added to. */
function copy(counts: SpanCounts, add: (label: string, spans: number) => void, counter: { reset(): void }): void {
  counter.reset();
  for (const [label, spans] of counts) add(label, spans);
}

const ERROR_TYPE = { of: 'empty, `queue_full`, or the class of the error', form: /^(?:[A-Za-z_]\w{0,79})?$/ };
const TRACED = 'while tracing is on';

export const tracingMetricProviders = [
  TracingMetrics,
  declareGauge({ name: ENABLED, help: 'Whether this process traces: 1 or 0.' }),
  declareCounter({
    name: PROCESSED,
    help: 'Spans that left the queue, by error_type: empty when they were exported, queue_full when they were dropped.',
    labels: { error_type: ERROR_TYPE },
    only: TRACED,
  }),
  declareCounter({
    name: EXPORTED,
    help: 'Spans that were sent to the collector, by error_type: empty when it took them.',
    labels: { error_type: ERROR_TYPE },
    only: TRACED,
  }),
  declareCounter({
    name: LATE,
    help: 'Failed spans of traces that are not sampled, by outcome: kept (exported alone), dropped (too many in a second).',
    labels: { outcome: LATE_OUTCOMES },
  }),
];
