import { Injectable } from '@nestjs/common';
import { InjectMetric } from '@willsoto/nestjs-prometheus';
import type { Gauge } from 'prom-client';
import { declareGauge, MetricSource } from '#platform/metrics';
import { HealthService } from './health.service.js';

const READY = 'service_ready';

/** What the readiness probe would be told, for alerts: Prometheus does not see what balancers see. */
@Injectable()
export class ReadinessMetric extends MetricSource {
  /** Until the schema has been found to be one that can be served on, it asks the database, as a probe does. */
  override readonly isRemote = true;

  constructor(
    private readonly health: HealthService,
    @InjectMetric(READY) private readonly gauge: Gauge,
  ) {
    super();
  }

  override async collect(): Promise<void> {
    this.gauge.set((await this.health.isReady()) ? 1 : 0);
  }
}

export const readinessMetricProviders = [
  ReadinessMetric,
  declareGauge({
    name: READY,
    help: '1: this replica takes traffic, by what its readiness probe answers; 0: it starts, drains, or lacks what it needs.',
  }),
];
