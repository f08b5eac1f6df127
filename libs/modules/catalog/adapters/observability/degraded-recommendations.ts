import { Injectable } from '@nestjs/common';
import { InjectMetric } from '@willsoto/nestjs-prometheus';
import { PinoLogger } from 'nestjs-pino';
import type { Counter } from 'prom-client';
import { currentRequest, noteDegraded } from '#platform/context';
import { declareCounter } from '#platform/metrics';
import { RecommendationObserver, type RecommendationSource } from '../../application/ports/recommendation.observer.js';
import { DegradationState } from './degradation-state.js';

const DEGRADED = 'degraded_responses_total';
const SERVED = 'product_recommendations_total';
const FEATURE = 'recommendations';
const DEGRADED_SOURCES: readonly Exclude<RecommendationSource, 'live'>[] = ['stale', 'popular', 'none'];

/** Counts every degraded answer, and logs when degradation begins and ends. */
@Injectable()
export class DegradedRecommendations extends RecommendationObserver {
  private readonly state = new DegradationState();

  constructor(
    @InjectMetric(DEGRADED) private readonly counter: Counter<'feature' | 'source'>,
    @InjectMetric(SERVED) private readonly answers: Counter<'source'>,
    private readonly logger: PinoLogger,
  ) {
    super();
  }

  override served(source: RecommendationSource, cause?: unknown): void {
    // A request that is over gets no answer, a degraded one neither: that its client left says nothing of the feature.
    if (currentRequest()?.deadline.reason) return;
    this.answers.inc({ source });
    if (source !== 'live') this.degraded(source);
    const change = this.state.changeBy(source === 'live' ? 'live' : 'degraded', performance.now());
    if (change === 'began') {
      this.logger.logger.warn({ feature: FEATURE, source, err: cause }, 'answers are degraded');
    } else if (change === 'ended') {
      this.logger.logger.info({ feature: FEATURE, source }, 'answers are no longer degraded');
    }
  }

  /** In the metric, and in the line of the request. */
  private degraded(source: RecommendationSource): void {
    this.counter.inc({ feature: FEATURE, source });
    noteDegraded(FEATURE, source);
  }
}

export const degradationProviders = [
  { provide: RecommendationObserver, useClass: DegradedRecommendations },
  declareCounter({
    name: DEGRADED,
    help: 'Answers that were less than they should be, by the feature that was degraded and where it came from instead.',
    labels: { feature: [FEATURE], source: DEGRADED_SOURCES },
  }),
  declareCounter({
    name: SERVED,
    help: 'Product pages with recommendations, by where these came from: what the degraded ones are a share of.',
    labels: { source: ['live', ...DEGRADED_SOURCES] },
  }),
];
