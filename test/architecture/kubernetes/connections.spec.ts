import { describe, expect, it } from '@jest/globals';
import { SheddingSettings } from '#platform/http';
import { LifecycleSettings } from '#platform/lifecycle';
import { DatabaseSettings } from '#platform/postgres';
import { documentedMetrics } from '../documented-metrics.js';
import { environmentOf, settingsIn } from './environment.js';
import { OVERLAYS, renderAll } from './kustomize.js';
import { allOf, oneOf, podOf, type PodTemplate } from './manifests.js';

/** Beside the pool: one cancels statements, one hears of events; at the read replica one watches (DATABASE_POOL_MAX). */
const BESIDE_POOL = 2;
const BESIDE_READ_POOL = 1;
const SHARE_MAX = 0.8;
/** Of max_connections, for superusers and replication (Postgres' own default and one more). */
const RESERVED = 4;

const services = OVERLAYS.flatMap((overlay) =>
  allOf('Deployment', renderAll(overlay)).map(({ metadata: { name } }) => ({ overlay, name })),
);

/** In seconds: how long a replica takes to leave with nothing in hand, and at most. */
function leavesIn({ spec }: PodTemplate, { drainDelayMs }: LifecycleSettings): readonly [number, number] {
  const preStopSeconds = spec.containers[0]?.lifecycle?.preStop?.sleep?.seconds ?? Infinity;
  return [preStopSeconds + drainDelayMs / 1_000, spec.terminationGracePeriodSeconds ?? Infinity];
}

describe.each(services)('the replicas of the $name in $overlay', ({ overlay, name }) => {
  const manifests = renderAll(overlay);
  const { metadata, spec: scaling } = oneOf('HorizontalPodAutoscaler', manifests, name);
  const { strategy, replicas, progressDeadlineSeconds, minReadySeconds } =
    oneOf('Deployment', manifests, name).spec ?? {};
  const { maxSurge, maxUnavailable } = strategy?.rollingUpdate ?? {};
  const env = environmentOf(podOf(manifests, name), manifests);
  const settings = settingsIn(env);
  const { poolMax, readPoolMax } = settings.get(DatabaseSettings);
  const replicasMax = (scaling?.maxReplicas ?? Infinity) + Number(maxSurge ?? Infinity);
  // A replica that leaves has its pool meanwhile, and counts for no surge. Each step of a rollout takes at least so long.
  const leaving = leavesIn(podOf(manifests, name), settings.get(LifecycleSettings));
  const [most, worst] = leaving.map((seconds) => replicasMax + Math.ceil(seconds / (minReadySeconds ?? 0))) as [
    number,
    number,
  ];
  const connectionsOf = (server: string): number =>
    Number(metadata.annotations?.[`mainstay/${server}-max-connections`] ?? 0);

  it('are never so many that Postgres runs out of connections, in a rollout neither', () => {
    expect(connectionsOf('database')).toBeGreaterThanOrEqual(100);
    expect(most * (poolMax + BESIDE_POOL)).toBeLessThanOrEqual(SHARE_MAX * connectionsOf('database'));
    // When each takes all the time that it may have.
    expect(worst * (poolMax + BESIDE_POOL)).toBeLessThanOrEqual(connectionsOf('database') - RESERVED);
  });

  it('are never so many that the read replica does, where there is one', () => {
    const isThere = env['DATABASE_READ_URL_FILE'] !== undefined;

    expect(connectionsOf('database-read') > 0).toBe(isThere);
    if (!isThere) return;
    expect(most * (readPoolMax + BESIDE_READ_POOL)).toBeLessThanOrEqual(SHARE_MAX * connectionsOf('database-read'));
  });

  it('are the autoscaler’s to count: two at least, and never fewer in a rollout than before', () => {
    expect(scaling?.scaleTargetRef).toEqual({ apiVersion: 'apps/v1', kind: 'Deployment', name });
    expect(scaling?.minReplicas).toBeGreaterThanOrEqual(2);
    expect(replicas).toBeUndefined();
    expect([maxUnavailable, maxSurge]).toEqual([0, 1]);
    expect(progressDeadlineSeconds).toBeGreaterThan(60); // longer than a replica may take to start
  });

  it('become more by CPU and by requests in flight, before one has to refuse', () => {
    const [cpu, inFlight] = scaling?.metrics ?? [];
    const { inFlightMax } = settings.get(SheddingSettings);
    const metric = inFlight?.pods?.metric.name ?? '';

    expect(cpu?.resource).toEqual({ name: 'cpu', target: { type: 'Utilization', averageUtilization: 70 } });
    expect(documentedMetrics().get(metric)).toMatchObject({ type: 'gauge', only: null });
    expect(inFlight?.pods?.target.type).toBe('AverageValue');
    // From 80% on the first are refused.
    expect(Number(inFlight?.pods?.target.averageValue)).toBeLessThanOrEqual((0.8 * inFlightMax) / 2);
  });
});
