import { Injectable } from '@nestjs/common';
import {
  InjectMetric,
  makeCounterProvider,
  makeGaugeProvider,
  makeHistogramProvider,
} from '@willsoto/nestjs-prometheus';
import type { Counter, Gauge, Histogram } from 'prom-client';
import { MetricSource, SlidingUniqueCounter } from '#platform/metrics';
import { RequestPipeline } from './edge/request-pipeline.js';
import { LoadShedder } from './shedding/load-shedder.js';
import { ResponseObserver, type ResponseOutcome } from './edge/response-observer.js';

const DURATION = 'http_server_request_duration_seconds';
const SHED = 'http_server_requests_shed_total';
const IN_FLIGHT = 'http_server_requests_in_flight';
const UNIQUE_CLIENTS = 'unique_clients';

/** The buckets that OpenTelemetry's HTTP conventions recommend, in seconds. */
const DURATION_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];
const UNIQUE_CLIENTS_INTERVAL_MS = 30 * 60 * 1000;

/** Methods of OpenTelemetry's `http.request.method`; any other is `_OTHER`, so that a client can't add series. */
const KNOWN_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** Rate, errors and duration of each route template, and of what no route answered. */
@Injectable()
export class HttpMetrics extends ResponseObserver {
  constructor(@InjectMetric(DURATION) private readonly duration: Histogram<'method' | 'route' | 'status'>) {
    super();
  }

  override responded({ method, route, status, durationMs }: ResponseOutcome): void {
    this.duration.observe(
      { method: KNOWN_METHODS.has(method) ? method : '_OTHER', route, status: String(status) },
      durationMs / 1000,
    );
  }
}

@Injectable()
export class UniqueClients extends ResponseObserver {
  private readonly clients = new SlidingUniqueCounter(UNIQUE_CLIENTS_INTERVAL_MS);

  override responded({ context: { clientAddress } }: ResponseOutcome): void {
    if (clientAddress !== '') this.clients.add(clientAddress);
  }

  estimate(): number {
    return this.clients.estimate();
  }
}

/** The gauges, set when the registry is read and not for each request. */
@Injectable()
export class HttpGauges extends MetricSource {
  constructor(
    private readonly pipeline: RequestPipeline,
    private readonly clients: UniqueClients,
    @InjectMetric(IN_FLIGHT) private readonly inFlight: Gauge,
    @InjectMetric(UNIQUE_CLIENTS) private readonly uniqueClients: Gauge,
  ) {
    super();
  }

  override collect(): void {
    this.inFlight.set(this.pipeline.inFlight);
    this.uniqueClients.set(this.clients.estimate());
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
  makeCounterProvider({
    name: SHED,
    help: 'Requests that were refused at once, by reason: in-flight, receiving, event-loop-delay, heap.',
    labelNames: ['reason'],
  }),
  HttpMetrics,
  UniqueClients,
  HttpGauges,
  makeHistogramProvider({
    name: DURATION,
    help: 'Duration of answered requests, by method, route template and status. 499: the client went away.',
    labelNames: ['method', 'route', 'status'],
    buckets: DURATION_BUCKETS,
  }),
  makeGaugeProvider({ name: IN_FLIGHT, help: 'Requests that are not answered yet.' }),
  makeGaugeProvider({ name: UNIQUE_CLIENTS, help: 'Distinct client addresses of the last 30 to 60 minutes, to 2%.' }),
];
