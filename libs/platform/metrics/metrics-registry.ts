import { Injectable } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { register, type Metric } from 'prom-client';
import { instancesOf } from '#platform/discovery';
import { formatFor, render } from './exposition.js';
import { MetricSource } from './metric-source.js';

export interface Scraped {
  readonly contentType: string;
  readonly text: string;
}

/** All metrics of the process, as Prometheus reads them. */
@Injectable()
export class MetricsRegistry {
  private sources: readonly MetricSource[] | undefined;

  constructor(private readonly discovery: DiscoveryService) {}

  /** In the text format 0.0.4. */
  async scrape(): Promise<string> {
    return (await this.answer(undefined)).text;
  }

  /** @param accept the header of a request, which says in what form it would have them */
  async answer(accept: string | undefined): Promise<Scraped> {
    this.sources ??= instancesOf(this.discovery, MetricSource);
    await Promise.all(this.sources.map(async (source) => source.collect()));
    const contentType = formatFor(accept);
    return { contentType, text: await render(register.getMetricsAsArray() as unknown as Metric[], contentType) };
  }
}
