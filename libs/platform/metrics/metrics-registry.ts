import { Injectable } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { register } from 'prom-client';
import { instancesOf } from '#platform/discovery';
import { MetricSource } from './metric-source.js';

/** All metrics of the process, as the Prometheus text format has them. */
@Injectable()
export class MetricsRegistry {
  private sources: readonly MetricSource[] | undefined;

  constructor(private readonly discovery: DiscoveryService) {}

  get contentType(): string {
    return register.contentType;
  }

  async scrape(): Promise<string> {
    this.sources ??= instancesOf(this.discovery, MetricSource);
    for (const source of this.sources) source.collect();
    return register.metrics();
  }
}
