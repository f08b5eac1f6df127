import { Injectable } from '@nestjs/common';
import { InjectMetric } from '@willsoto/nestjs-prometheus';
import type { Counter } from 'prom-client';
import { ResponseObserver, type ResponseOutcome } from '#platform/http';
import { declareCounter } from '#platform/metrics';
import { IDEMPOTENCY_OUTCOMES } from './idempotency-outcome.js';

const REQUESTS = 'idempotent_requests_total';

/** Repeated requests: a rise of `replayed` is a client, or a network, that loses answers. */
@Injectable()
export class IdempotencyMetrics extends ResponseObserver {
  constructor(@InjectMetric(REQUESTS) private readonly requests: Counter<'outcome'>) {
    super();
  }

  override responded({ context: { idempotency } }: ResponseOutcome): void {
    if (idempotency !== undefined) this.requests.inc({ outcome: idempotency });
  }
}

export const idempotencyMetricProviders = [
  IdempotencyMetrics,
  declareCounter({
    name: REQUESTS,
    help: 'Requests to routes that ask for an Idempotency-Key, by what became of it.',
    labels: { outcome: IDEMPOTENCY_OUTCOMES },
  }),
];
