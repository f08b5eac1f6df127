import { Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectMetric } from '@willsoto/nestjs-prometheus';
import type { Gauge } from 'prom-client';
import {
  declareGauge,
  DEPENDENCY_DURATION,
  type DependencyDuration,
  MetricSource,
  noteDependencyDuration,
} from '#platform/metrics';
import { Postgres } from './postgres.js';

const CONNECTIONS = 'database_pool_connections';

export const POOL_STATES = ['used', 'idle', 'waiting', 'max'] as const;

/** The duration of each statement, by its name, and the pool's connections. */
@Injectable()
export class DatabaseMetrics extends MetricSource implements OnModuleInit {
  constructor(
    private readonly postgres: Postgres,
    @InjectMetric(DEPENDENCY_DURATION) private readonly duration: DependencyDuration,
    @InjectMetric(CONNECTIONS) private readonly connections: Gauge<'state'>,
  ) {
    super();
  }

  onModuleInit(): void {
    this.postgres.observe(({ operation, outcome, durationSeconds }) =>
      noteDependencyDuration(this.duration, { dependency: 'postgres', operation, outcome }, durationSeconds),
    );
  }

  override collect(): void {
    const { total, idle, waiting, max } = this.postgres.poolStats();
    this.connections.set({ state: 'used' }, total - idle);
    this.connections.set({ state: 'idle' }, idle);
    this.connections.set({ state: 'waiting' }, waiting);
    this.connections.set({ state: 'max' }, max);
  }
}

export const databaseMetricProviders = [
  DatabaseMetrics,
  declareGauge({
    name: CONNECTIONS,
    help: 'Connections of the pool: used, idle, the most allowed (max); and callers waiting for one.',
    labels: { state: POOL_STATES },
  }),
];
