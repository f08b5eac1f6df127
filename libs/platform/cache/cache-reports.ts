import { Injectable } from '@nestjs/common';
import { InjectMetric } from '@willsoto/nestjs-prometheus';
import type { Counter, Gauge } from 'prom-client';
import { declareCounter, declareGauge, MetricSource, startAtZero } from '#platform/metrics';
import { Invalidations } from './invalidations.js';

const REQUESTS = 'cache_requests_total';
const PENDING = 'cache_pending_invalidations';

/** How a read through a cache went. `held`: a change was under way; `bypass`: the cache could not be asked. */
export const CACHE_RESULTS = ['hit', 'stale', 'miss', 'held', 'bypass'] as const;
export type CacheResult = (typeof CACHE_RESULTS)[number];

/** What is told of reads. */
export abstract class CacheReports {
  /** Once for each cache, before any read. */
  declared(_cache: string): void {}

  /** @param times for so many things at once */
  abstract requested(cache: string, result: CacheResult, times: number): void;
}

@Injectable()
export class CacheMetrics extends CacheReports {
  constructor(@InjectMetric(REQUESTS) private readonly requests: Counter<'cache' | 'result'>) {
    super();
  }

  override declared(cache: string): void {
    startAtZero(this.requests, { cache: [cache], result: CACHE_RESULTS });
  }

  override requested(cache: string, result: CacheResult, times: number): void {
    this.requests.inc({ cache, result }, times);
  }
}

/** What waits for the cache, when the registry is read. */
@Injectable()
export class PendingInvalidations extends MetricSource {
  constructor(
    private readonly invalidations: Invalidations,
    @InjectMetric(PENDING) private readonly pending: Gauge,
  ) {
    super();
  }

  override collect(): void {
    this.pending.set(this.invalidations.pendingCount);
  }
}

export const cacheMetricProviders = [
  { provide: CacheReports, useClass: CacheMetrics },
  PendingInvalidations,
  declareCounter({
    name: REQUESTS,
    help: 'Reads through a cache, by result; held: a change is under way, bypass: the cache is away.',
    labels: {
      cache: { of: 'names of caches, constants of the code', form: /^[a-z][a-z0-9-]*\.[a-z][a-z0-9-]*$/ },
      result: CACHE_RESULTS,
    },
  }),
  declareGauge({ name: PENDING, help: 'Changed things of which the cache could not be told yet.' }),
];
