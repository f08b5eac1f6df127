import { METRICS } from '../history/metric-names.js';
import type { MetricReader } from '../history/metric-reader.js';
import type { OperationsSnapshot, OutboxState, PoolState } from './operations-snapshot.js';

export type GaugesNow = Pick<OperationsSnapshot, 'pools' | 'outbox' | 'uniqueClients'>;

/** What is not counted but is so now. */
export async function gaugesNow(metrics: MetricReader): Promise<GaugesNow> {
  const pools = [
    await poolNow(metrics, METRICS.pool, 'database'),
    await poolNow(metrics, METRICS.replicaPool, 'replica'),
  ];
  return {
    pools: pools.filter((pool) => pool !== null && pool.max > 0) as readonly PoolState[],
    outbox: await outboxNow(metrics),
    uniqueClients: await clientsNow(metrics),
  };
}

async function poolNow(metrics: MetricReader, metric: string, name: string): Promise<PoolState | null> {
  const states = new Map((await metrics.values(metric)).map(({ labels, value }) => [labels['state'], value]));
  const of = (state: string): number => states.get(state) ?? 0;
  return states.size > 0 ? { name, used: of('used'), idle: of('idle'), waiting: of('waiting'), max: of('max') } : null;
}

async function outboxNow(metrics: MetricReader): Promise<OutboxState | null> {
  const [[pending], [oldest], [dead]] = [
    await metrics.values(METRICS.outboxPending),
    await metrics.values(METRICS.outboxOldest),
    await metrics.values(METRICS.outboxDead),
  ];
  if (!pending) return null;
  return { pending: pending.value, oldestAgeSeconds: oldest?.value ?? 0, dead: dead?.value ?? 0 };
}

async function clientsNow(metrics: MetricReader): Promise<OperationsSnapshot['uniqueClients']> {
  const windows = new Map(
    (await metrics.values(METRICS.clients)).map(({ labels, value }) => [labels['window'], value]),
  );
  return windows.size > 0 ? { minute: windows.get('minute') ?? 0, day: windows.get('day') ?? 0 } : null;
}
