import { Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectMetric } from '@willsoto/nestjs-prometheus';
import type { Counter, Gauge } from 'prom-client';
import {
  declareCounter,
  declareGauge,
  DEPENDENCY_DURATION,
  type DependencyDuration,
  MetricSource,
  noteDependencyDuration,
  startAtZero,
} from '#platform/metrics';
import { POOL_STATES } from '../database-metrics.js';
import { ReadReplica } from './read-replica.js';
import { ReplicaWatch } from './replica-watch.js';
import { ROUTE_REASONS, TolerantReads } from './tolerant-reads.js';

const READS = 'database_tolerant_reads_total';
const LAG = 'database_replica_lag_seconds';
const CONNECTIONS = 'database_replica_pool_connections';

const ONLY = 'with `DATABASE_READ_URL`';
const REASONS_FOR_PRIMARY = ROUTE_REASONS.filter((reason) => reason !== 'fresh');

/** Where tolerant reads went and why, and the statements that went to the read replica. */
@Injectable()
export class TolerantReadMetrics implements OnModuleInit {
  constructor(
    private readonly replica: ReadReplica,
    private readonly tolerantReads: TolerantReads,
    @InjectMetric(DEPENDENCY_DURATION) private readonly duration: DependencyDuration,
    @InjectMetric(READS) private readonly reads: Counter<'route' | 'reason'>,
  ) {}

  onModuleInit(): void {
    this.replica.reports.observe(({ operation, outcome, durationSeconds }) =>
      noteDependencyDuration(this.duration, { dependency: 'postgres-replica', operation, outcome }, durationSeconds),
    );
    startAtZero(this.reads, { route: ['replica'], reason: ['fresh'] });
    startAtZero(this.reads, { route: ['primary'], reason: REASONS_FOR_PRIMARY });
    this.tolerantReads.observe((reason) =>
      this.reads.inc({ route: reason === 'fresh' ? 'replica' : 'primary', reason }),
    );
  }
}

/** How far the read replica is behind, and the connections to it. */
@Injectable()
export class ReplicaMetrics extends MetricSource {
  constructor(
    private readonly replica: ReadReplica,
    private readonly watch: ReplicaWatch,
    @InjectMetric(LAG) private readonly lag: Gauge,
    @InjectMetric(CONNECTIONS) private readonly connections: Gauge<'state'>,
  ) {
    super();
  }

  override collect(): void {
    this.lag.set(this.watch.lagMs() / 1_000);
    const { total, idle, waiting, max } = this.replica.poolStats();
    this.connections.set({ state: 'used' }, total - idle);
    this.connections.set({ state: 'idle' }, idle);
    this.connections.set({ state: 'waiting' }, waiting);
    this.connections.set({ state: 'max' }, max);
  }
}

export const replicaMetricProviders = [
  TolerantReadMetrics,
  ReplicaMetrics,
  declareCounter({
    only: ONLY,
    name: READS,
    help: 'Reads that tolerate a read replica: where they went (replica, primary), and why.',
    labels: { route: ['replica', 'primary'], reason: ROUTE_REASONS },
  }),
  declareGauge({
    only: ONLY,
    name: LAG,
    help: 'What the read replica shows is at most so old, as of the last look at it; +Inf until it is known.',
  }),
  declareGauge({
    only: ONLY,
    name: CONNECTIONS,
    help: 'Connections of the pool of the read replica: used, idle, the most allowed (max); and callers waiting for one.',
    labels: { state: POOL_STATES },
  }),
];
