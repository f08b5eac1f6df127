import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { InjectMetric } from '@willsoto/nestjs-prometheus';
import type { Counter } from 'prom-client';
import { declareCounter, startAtZero } from '#platform/metrics';
import { TOKEN_FAULTS, type TokenFault } from '#platform/security';
import { ResponseObserver, type ResponseOutcome } from '../edge/response-observer.js';
import { RouteTable } from './route-table.js';

const FAILURES = 'authentication_failures_total';
const LIMITED = 'rate_limited_requests_total';

/** Why nobody was identified: no token, one that is over, the check that it failed, or keys that can't be had. */
export type AuthenticationFault = TokenFault | 'absent' | 'expired' | 'undecided';

const FAULTS: readonly AuthenticationFault[] = ['absent', 'expired', 'undecided', ...TOKEN_FAULTS];

/** Who was turned away at the gate, and why: a rise of `signature` is an attack, one of `key` a rotation gone wrong. */
@Injectable()
export class AccessMetrics extends ResponseObserver implements OnApplicationBootstrap {
  constructor(
    @InjectMetric(FAILURES) private readonly failures: Counter<'reason'>,
    @InjectMetric(LIMITED) private readonly limited: Counter<'limit'>,
    private readonly routes: RouteTable,
  ) {
    super();
  }

  /** By now every route is there. */
  onApplicationBootstrap(): void {
    startAtZero(this.limited, { limit: ['default', ...this.routes.limitNames] });
  }

  override responded({ context: { authenticationFault, exceededLimit } }: ResponseOutcome): void {
    if (authenticationFault !== undefined) this.failures.inc({ reason: authenticationFault });
    if (exceededLimit !== undefined) this.limited.inc({ limit: exceededLimit });
  }
}

export const accessMetricProviders = [
  AccessMetrics,
  declareCounter({
    name: FAILURES,
    help: 'Requests to closed routes without a good access token, by the check that failed.',
    labels: { reason: FAULTS },
  }),
  declareCounter({
    name: LIMITED,
    help: "Requests that were refused by a rate limit, by the limit's name.",
    labels: { limit: { of: "`default`, and the names of routes' own limits", form: /^[a-z][a-z0-9-]{0,39}$/ } },
  }),
];
