import { Injectable } from '@nestjs/common';
import { HealthContributor, type HealthState } from '#platform/health';
import { Dependencies } from './dependencies.js';

/** What the operations page learns of the breakers and bulkheads. */
@Injectable()
export class DependenciesHealth extends HealthContributor {
  override readonly name = 'dependencies';

  constructor(private readonly dependencies: Dependencies) {
    super();
  }

  /** Never a reason to take a replica out: every other one has the same dependency, and the rest is served. */
  override async readiness(): Promise<HealthState> {
    return { status: 'up' };
  }

  override async details(): Promise<HealthState> {
    const all = [...this.dependencies];
    const status = all.every(({ state }) => state === 'closed') ? 'up' : 'degraded';
    return { ...Object.fromEntries(all.map(({ name, state, load }) => [name, { state, ...load }])), status };
  }
}
