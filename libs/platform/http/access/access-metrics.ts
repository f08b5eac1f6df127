import { Injectable } from '@nestjs/common';
import { InjectMetric, makeCounterProvider } from '@willsoto/nestjs-prometheus';
import type { Counter } from 'prom-client';
import { TOKEN_FAULTS, type TokenFault } from '#platform/security';
import { ResponseObserver, type ResponseOutcome } from '../edge/response-observer.js';

const FAILURES = 'authentication_failures_total';
const LIMITED = 'rate_limited_requests_total';

/** Why nobody was identified: no token, one that is over, the check that it failed, or keys that can't be had. */
export type AuthenticationFault = TokenFault | 'absent' | 'expired' | 'undecided';

const FAULTS: readonly AuthenticationFault[] = ['absent', 'expired', 'undecided', ...TOKEN_FAULTS];

/** Who was turned away at the gate, and why: a rise of `signature` is an attack, one of `key` a rotation gone wrong. */
@Injectable()
export class AccessMetrics extends ResponseObserver {
  constructor(
    @InjectMetric(FAILURES) private readonly failures: Counter<'reason'>,
    @InjectMetric(LIMITED) private readonly limited: Counter<'limit'>,
  ) {
    super();
    // From the start: what appears with its first failure hides that one from rate().
    for (const reason of FAULTS) failures.inc({ reason }, 0);
  }

  override responded({ context: { authenticationFault, exceededLimit } }: ResponseOutcome): void {
    if (authenticationFault !== undefined) this.failures.inc({ reason: authenticationFault });
    if (exceededLimit !== undefined) this.limited.inc({ limit: exceededLimit });
  }
}

export const accessMetricProviders = [
  AccessMetrics,
  makeCounterProvider({
    name: FAILURES,
    help: `Requests to closed routes without a good access token, by reason: ${FAULTS.join(', ')}.`,
    labelNames: ['reason'],
  }),
  makeCounterProvider({
    name: LIMITED,
    help: "Requests that were refused by a rate limit, by the limit's name.",
    labelNames: ['limit'],
  }),
];
