import { Injectable } from '@nestjs/common';
import { InjectMetric } from '@willsoto/nestjs-prometheus';
import type { Counter, Gauge, Histogram } from 'prom-client';
import { declareCounter, declareGauge, declareHistogram, MetricSource, traceExemplar } from '#platform/metrics';
import { UniqueClients } from '#platform/unique-clients';
import { RequestPipeline } from './edge/request-pipeline.js';
import { knownMethod, METHODS } from './edge/server-span.js';
import { LoadShedder, SHED_REASONS } from './shedding/load-shedder.js';
import { ResponseObserver, ROUTE_UNMATCHED, type ResponseOutcome } from './edge/response-observer.js';

const DURATION = 'http_server_request_duration_seconds';
const SHED = 'http_server_requests_shed_total';
const IN_FLIGHT = 'http_server_requests_in_flight';

/**
 * The buckets that OpenTelemetry's HTTP conventions recommend, in seconds: 0.5 is the objective's, 5 the deadline's
 * (REQUEST_TIMEOUT_MS).
 */
export const REQUEST_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];

/** Rate, errors and duration of each route template, and of what no route answered. */
@Injectable()
export class HttpMetrics extends ResponseObserver {
  constructor(@InjectMetric(DURATION) private readonly duration: Histogram<'method' | 'route' | 'status'>) {
    super();
  }

  override responded({ method, route, status, durationMs, context }: ResponseOutcome): void {
    this.duration.observe({
      labels: { method: knownMethod(method), route, status: String(status) },
      value: durationMs / 1000,
      exemplarLabels: traceExemplar(context),
    });
  }
}

/** Whoever was answered, with whatever status, is a client. */
@Injectable()
export class ClientObserver extends ResponseObserver {
  constructor(private readonly clients: UniqueClients) {
    super();
  }

  override responded({ context: { clientAddress } }: ResponseOutcome): void {
    if (clientAddress !== '') this.clients.note(clientAddress);
  }
}

/** The gauge, set when the registry is read and not for each request. */
@Injectable()
export class HttpGauges extends MetricSource {
  constructor(
    private readonly pipeline: RequestPipeline,
    @InjectMetric(IN_FLIGHT) private readonly inFlight: Gauge,
  ) {
    super();
  }

  override collect(): void {
    this.inFlight.set(this.pipeline.inFlight);
  }
}

@Injectable()
export class ShedCounter {
  constructor(shedder: LoadShedder, @InjectMetric(SHED) shed: Counter<'reason'>) {
    shedder.observe((reason) => shed.inc({ reason }));
  }
}

export const httpMetricProviders = [
  ShedCounter,
  declareCounter({
    name: SHED,
    help: 'Requests that were refused at once, by what there was too much of.',
    labels: { reason: SHED_REASONS },
  }),
  HttpMetrics,
  ClientObserver,
  HttpGauges,
  declareHistogram({
    name: DURATION,
    help: 'Duration of answered requests, by method, route template and status. 499: the client went away.',
    labels: {
      method: [...METHODS, '_OTHER'],
      route: { of: `route templates, or \`${ROUTE_UNMATCHED}\``, form: /^(\(unmatched\)|\/[a-z0-9:/._-]*)$/i },
      status: { of: 'HTTP status codes', form: /^[1-5]\d\d$/ },
    },
    buckets: REQUEST_BUCKETS,
  }),
  declareGauge({ name: IN_FLIGHT, help: 'Requests that are not answered yet.' }),
];
