import { Injectable } from '@nestjs/common';
import { HealthContributor, type HealthState } from '#platform/health';
import { ReadReplica } from './read-replica.js';
import { ReplicaWatch } from './replica-watch.js';

/** The read replica in the report of health. It never keeps traffic away: without it the primary serves. */
@Injectable()
export class ReplicaHealth extends HealthContributor {
  override readonly name = 'database-replica';

  constructor(
    private readonly replica: ReadReplica,
    private readonly watch: ReplicaWatch,
  ) {
    super();
  }

  override readiness(): Promise<HealthState> {
    return Promise.resolve({ status: 'up' });
  }

  /** As the watch saw it last: nobody is asked. */
  override details(): Promise<HealthState> {
    const state = this.watch.state();
    const lagMs = this.watch.lagMs();
    return Promise.resolve({
      status: state === 'fresh' ? 'up' : 'degraded',
      state,
      lagMs: Number.isFinite(lagMs) ? Math.round(lagMs) : null,
      ...(this.watch.reason !== null && { reason: this.watch.reason }),
      pool: this.replica.poolStats(),
    });
  }
}
