import { Injectable } from '@nestjs/common';
import { InjectMetric, makeCounterProvider } from '@willsoto/nestjs-prometheus';
import { PinoLogger } from 'nestjs-pino';
import type { Counter } from 'prom-client';
import { currentRequest } from '#platform/context';
import { RecommendationObserver, type RecommendationSource } from '../../application/ports/recommendation.observer.js';
import { DegradationState } from './degradation-state.js';

const DEGRADED = 'degraded_responses_total';
const FEATURE = 'recommendations';

/** Counts every degraded answer, and logs when degradation begins and ends. */
@Injectable()
export class DegradedRecommendations extends RecommendationObserver {
  private readonly state = new DegradationState();

  constructor(
    @InjectMetric(DEGRADED) private readonly counter: Counter<'feature' | 'source'>,
    private readonly logger: PinoLogger,
  ) {
    super();
  }

  override served(source: RecommendationSource, cause?: unknown): void {
    // A request that is over gets no answer, a degraded one neither: that its client left says nothing of the feature.
    if (currentRequest()?.deadline.reason) return;
    if (source !== 'live') this.counter.inc({ feature: FEATURE, source });
    const change = this.state.changeBy(source === 'live' ? 'live' : 'degraded', performance.now());
    if (change === 'began') {
      this.logger.logger.warn({ feature: FEATURE, source, err: cause }, 'answers are degraded');
    } else if (change === 'ended') {
      this.logger.logger.info({ feature: FEATURE, source }, 'answers are no longer degraded');
    }
  }
}

export const degradationProviders = [
  { provide: RecommendationObserver, useClass: DegradedRecommendations },
  makeCounterProvider({
    name: DEGRADED,
    help: 'Answers that were less than they should be, by the feature that was degraded and where it came from instead.',
    labelNames: ['feature', 'source'],
  }),
];
