import { Injectable } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { register } from 'prom-client';
import { instancesOf } from '#platform/discovery';
import { MetricSource } from '#platform/metrics';
import type { TallySet } from './tally.js';

export type Labels = Readonly<Partial<Record<string, string | number>>>;

export interface MetricValue {
  readonly labels: Labels;
  readonly value: number;
  /** Of a histogram: which of its series, `…_bucket`, `…_sum` or `…_count`. */
  readonly metricName?: string;
}

/** What a histogram's series are added up by. */
export interface Grouping {
  readonly nameOf: (labels: Labels) => string;
  readonly isFailure: (labels: Labels) => boolean;
}

/**
 * The process's own metrics, read from memory: the page shows what Prometheus is told, and a section of it is there where
 * its metric is.
 */
@Injectable()
export class MetricReader {
  private sources: readonly MetricSource[] | undefined;

  constructor(private readonly discovery: DiscoveryService) {}

  /** Has gauges set that are set when they are read. `local`: those alone for which no other process is asked. */
  async refresh(which: 'local' | 'all'): Promise<void> {
    this.sources ??= instancesOf(this.discovery, MetricSource);
    const asked = which === 'all' ? this.sources : this.sources.filter(({ isRemote }) => !isRemote);
    await Promise.all(asked.map(async (source) => source.collect()));
  }

  /** Nothing for a metric that this process does not have. */
  async values(name: string): Promise<readonly MetricValue[]> {
    const metric = register.getSingleMetric(name);
    return metric ? (await metric.get()).values : [];
  }

  /** A histogram gives its series one after the other, each from its first bucket to its count, as the text format has them. */
  async tallies(histogram: string, { nameOf, isFailure }: Grouping): Promise<TallySet> {
    const bounds: number[] = [];
    const byName = new Map<string, { count: number; failures: number; readonly cumulative: number[] }>();
    let buckets: number[] = [];
    for (const { labels, value, metricName } of await this.values(histogram)) {
      if (metricName === `${histogram}_bucket`) {
        const bound = Number(labels['le']);
        if (!Number.isFinite(bound)) continue; // that of all is the count
        if (bounds.length === buckets.length) bounds.push(bound); // of the first series: all have the same
        buckets.push(value);
      } else if (metricName === `${histogram}_count`) {
        const tally = byName.get(nameOf(labels)) ?? { count: 0, failures: 0, cumulative: buckets.map(() => 0) };
        byName.set(nameOf(labels), tally);
        tally.count += value;
        if (isFailure(labels)) tally.failures += value;
        addTo(tally.cumulative, buckets);
        buckets = [];
      }
    }
    return { bounds, byName };
  }
}

function addTo(sums: number[], values: readonly number[]): void {
  for (const [index, value] of values.entries()) sums[index] = (sums[index] ?? 0) + value;
}
