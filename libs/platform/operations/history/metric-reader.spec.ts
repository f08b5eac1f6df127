import { afterEach, describe, expect, it } from '@jest/globals';
import type { DiscoveryService } from '@nestjs/core';
import { Counter, Histogram, register } from 'prom-client';
import { MetricSource } from '#platform/metrics';
import { MetricReader } from './metric-reader.js';

class Source extends MetricSource {
  collected = 0;

  constructor(override readonly isRemote: boolean) {
    super();
  }

  override collect(): void {
    this.collected += 1;
  }
}

const readerOf = (...sources: Source[]): MetricReader =>
  new MetricReader({ getProviders: () => sources.map((instance) => ({ instance })) } as unknown as DiscoveryService);

describe('MetricReader', () => {
  afterEach(() => register.clear());

  it('adds up the series of a histogram by name', async () => {
    const histogram = new Histogram({
      name: 'test_seconds',
      help: 'h',
      labelNames: ['route', 'status'],
      buckets: [1, 2],
    });
    for (const [status, seconds] of [
      ['200', 0.5],
      ['200', 1.5],
      ['500', 9],
    ] as const) {
      histogram.observe({ route: 'a', status }, seconds);
    }
    histogram.observe({ route: 'b', status: '500' }, 1.5);

    const { bounds, byName } = await readerOf().tallies('test_seconds', {
      nameOf: ({ route }) => String(route),
      isFailure: ({ status }) => status === '500',
    });

    expect(bounds).toEqual([1, 2]);
    expect([...byName]).toEqual([
      ['a', { count: 3, failures: 1, cumulative: [1, 2] }],
      ['b', { count: 1, failures: 1, cumulative: [0, 1] }],
    ]);
  });

  it('has nothing of a metric that is not there', async () => {
    expect(await readerOf().values('none')).toEqual([]);
    expect(await readerOf().tallies('none', { nameOf: () => '', isFailure: () => false })).toEqual({
      ...{ bounds: [], byName: new Map() },
    });
  });

  it('reads counters with their labels', async () => {
    new Counter({ name: 'test_total', help: 'h', labelNames: ['kind'] }).inc({ kind: 'x' }, 3);

    expect(await readerOf().values('test_total')).toMatchObject([{ labels: { kind: 'x' }, value: 3 }]);
  });

  it('leaves other processes alone unless somebody looks', async () => {
    const [local, remote] = [new Source(false), new Source(true)];
    const reader = readerOf(local, remote);

    await reader.refresh('local');
    expect([local.collected, remote.collected]).toEqual([1, 0]);

    await reader.refresh('all');
    expect([local.collected, remote.collected]).toEqual([2, 1]);
  });
});
