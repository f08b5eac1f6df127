import { Injectable, Logger } from '@nestjs/common';
import { InjectMetric } from '@willsoto/nestjs-prometheus';
import type { Counter } from 'prom-client';
import { noteDegraded } from '#platform/context';
import { declareCounter } from '#platform/metrics';

const FALLBACKS = 'rate_limit_fallbacks_total';

/** So long nothing must fail before limits are told to be shared again: some that fail among others are one outage. */
export const QUIET_MS = 2_000;

/** Tells of requests whose limits a replica decided alone: each in a metric, and an outage in one line as it begins and ends. */
@Injectable()
export class RateLimitFallbacks {
  private readonly logger = new Logger(RateLimitFallbacks.name);
  private lastAtMs = 0;
  private told = false;

  constructor(@InjectMetric(FALLBACKS) private readonly fallbacks: Counter) {}

  /** From the first one that fell back until Redis has answered for a while. */
  get underway(): boolean {
    return this.told;
  }

  fellBack(error: unknown, nowMs = performance.now()): void {
    this.fallbacks.inc();
    noteDegraded('rate-limits', 'replica-alone');
    this.lastAtMs = nowMs;
    if (this.told) return;
    this.told = true;
    this.logger.warn(`Redis gave no answer, so rate limits hold for each replica alone: ${reasonOf(error)}`);
  }

  answered(nowMs = performance.now()): void {
    if (!this.told || nowMs - this.lastAtMs < QUIET_MS) return;
    this.told = false;
    this.logger.log('Rate limits are shared by all replicas again.');
  }
}

/** What happened says more than that it is unavailable. */
function reasonOf(error: unknown): string {
  const { cause } = error instanceof Error ? error : {};
  const telling = cause instanceof Error ? cause : error;
  return telling instanceof Error ? telling.message : String(telling);
}

export const rateLimitFallbackProviders = [
  RateLimitFallbacks,
  declareCounter({
    name: FALLBACKS,
    help: 'Requests whose rate limits this replica decided alone, because Redis gave no answer.',
  }),
];
