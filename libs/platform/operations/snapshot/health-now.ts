import { Injectable } from '@nestjs/common';
import type { HealthCheckResult } from '@nestjs/terminus';
import { HealthService } from '#platform/health';
import { SeenStates } from '../states/seen-states.js';
import type { ContributorState } from './operations-snapshot.js';

/** Facts of one contributor that are shown, and how long each may be. */
const FACTS_MAX = 8;
const FACT_LENGTH_MAX = 200;

export interface HealthNow {
  readonly takesTraffic: boolean;
  readonly contributors: readonly ContributorState[];
}

/** Asks every dependency how it is, as `/health` does, and once for all who look. */
@Injectable()
export class HealthLook {
  private readonly seen = new SeenStates();

  constructor(private readonly health: HealthService) {}

  async look(nowMs: number): Promise<HealthNow> {
    const [ready, report] = await Promise.all([this.health.ready(), this.health.report()]);
    const entries = Object.entries(report.details).filter(([name]) => name !== 'lifecycle');
    return {
      takesTraffic: isWell(ready),
      contributors: entries.map(([name, { status, ...facts }]) => ({
        name,
        status,
        seenSinceMs: this.seen.sinceMs(name, status, nowMs),
        facts: shown(facts),
      })),
    };
  }
}

const isWell = ({ status }: HealthCheckResult): boolean => status === 'ok' || status === 'degraded';

/** The plain ones: pools and breakers have sections of their own. */
function shown(facts: Readonly<Record<string, unknown>>): ContributorState['facts'] {
  const plain = Object.entries(facts).flatMap(([name, value]): [string, string | number | boolean][] => {
    if (typeof value === 'number' || typeof value === 'boolean') return [[name, value]];
    if (typeof value === 'string') return [[name, value.slice(0, FACT_LENGTH_MAX)]];
    return Array.isArray(value) && value.length > 0 ? [[name, value.join(', ').slice(0, FACT_LENGTH_MAX)]] : [];
  });
  return Object.fromEntries(plain.slice(0, FACTS_MAX));
}
