import { Injectable, ServiceUnavailableException } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { HealthCheckService, type HealthCheckResult, HealthIndicatorService } from '@nestjs/terminus';
import { instancesOf } from '#platform/discovery';
import { Lifecycle } from '#platform/lifecycle';
import { HealthContributor, type HealthState } from './health-contributor.js';
import { ReadinessLog } from './readiness-log.js';

/** The longest that any contributor may take, in milliseconds: below the readiness probe's time-out of 1 s. */
const CONTRIBUTOR_TIMEOUT_MS = 800;

/** The answers to the probes. Terminus asks, bounds and adds up; what is asked lies with each concern. */
@Injectable()
export class HealthService {
  private found: readonly HealthContributor[] | undefined;

  constructor(
    private readonly terminus: HealthCheckService,
    private readonly indicators: HealthIndicatorService,
    private readonly discovery: DiscoveryService,
    private readonly lifecycle: Lifecycle,
    private readonly log: ReadinessLog,
  ) {}

  /** Whether this replica should get traffic: it has started, is not draining, and has what it needs. */
  async ready(): Promise<HealthCheckResult> {
    const result = await this.check((contributor) => contributor.readiness());
    this.log.asked(result);
    return result;
  }

  /** What {@link ready} would say, for who only counts: no report is made, and no line written. */
  async isReady(): Promise<boolean> {
    return this.lifecycle.phase === 'serving' && this.hasWhatItNeeds();
  }

  /** Whether it has what it needs, wherever it stands between its start and its end. */
  async hasWhatItNeeds(): Promise<boolean> {
    const states = this.contributors().map((contributor) => within(CONTRIBUTOR_TIMEOUT_MS, contributor.readiness()));
    const settled = await Promise.allSettled(states);
    return settled.every((state) => state.status === 'fulfilled' && state.value.status !== 'down');
  }

  /** Every dependency with its real state. */
  report(): Promise<HealthCheckResult> {
    return this.check((contributor) => contributor.details());
  }

  private async check(ask: (contributor: HealthContributor) => Promise<HealthState>): Promise<HealthCheckResult> {
    const checks = this.contributors().map((contributor) => () => this.bounded(contributor.name, ask(contributor)));
    try {
      return await this.terminus.check([() => this.lifecycleState(), ...checks]);
    } catch (error) {
      // Terminus throws the report of a service that is not well.
      if (error instanceof ServiceUnavailableException) return error.getResponse() as HealthCheckResult;
      throw error;
    }
  }

  private contributors(): readonly HealthContributor[] {
    return (this.found ??= instancesOf(this.discovery, HealthContributor));
  }

  private lifecycleState() {
    const { phase } = this.lifecycle;
    const indicator = this.indicators.check('lifecycle');
    return phase === 'serving' ? indicator.up({ phase }) : indicator.down({ phase });
  }

  private async bounded(name: string, asked: Promise<HealthState>) {
    const indicator = this.indicators.check(name);
    const { status, ...facts } = await within(CONTRIBUTOR_TIMEOUT_MS, asked).catch((error: unknown): HealthState => ({
      status: 'down',
      reason: error instanceof Error ? error.name : 'unknown',
    }));
    if (status === 'up') return indicator.up(facts);
    return status === 'degraded' ? indicator.degraded(facts) : indicator.down(facts);
  }
}

async function within<T>(timeoutMs: number, work: Promise<T>): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new DOMException('took too long', 'TimeoutError')), timeoutMs);
  return Promise.race([work, promise]).finally(() => clearTimeout(timer));
}
