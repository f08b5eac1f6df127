import { Injectable } from '@nestjs/common';
import { InjectMetric } from '@willsoto/nestjs-prometheus';
import type { Gauge } from 'prom-client';
import { declareGauge, MetricSource } from '#platform/metrics';
import { UniqueClients } from './unique-clients.js';

const UNIQUE_CLIENTS = 'unique_clients';

/** Set when the registry is read: two waits for Redis at most, each with its bound. */
@Injectable()
export class UniqueClientsMetric extends MetricSource {
  override readonly isRemote = true;

  constructor(
    private readonly clients: UniqueClients,
    @InjectMetric(UNIQUE_CLIENTS) private readonly gauge: Gauge<'window'>,
  ) {
    super();
  }

  override async collect(): Promise<void> {
    const counts = await this.clients.counts();
    for (const [window, count] of Object.entries(counts)) this.gauge.set({ window }, count);
  }
}

export const uniqueClientsMetricProviders = [
  UniqueClientsMetric,
  declareGauge({
    name: UNIQUE_CLIENTS,
    help:
      'Distinct client addresses of the last minute (60 to 70 s) and the last day (24 to 25 h), to 2%. With Redis the ' +
      'same on each replica: of all of them together, not to be added up. Without it, or while it is away: of this replica.',
    labels: { window: ['minute', 'day'] },
  }),
];
