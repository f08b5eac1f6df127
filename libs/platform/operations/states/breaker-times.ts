import { Injectable } from '@nestjs/common';
import { Clock } from '#kernel/clock';
import { DependencyObserver, type DependencyStateChange } from '#platform/resilience';

/** Since when each breaker has been closed, or not. */
@Injectable()
export class BreakerTimes extends DependencyObserver {
  private readonly changes = new Map<string, number>();

  constructor(private readonly clock: Clock) {
    super();
  }

  override called(): void {}

  /** Open, half-open and open again is one outage. */
  override changed({ dependency, from, to }: DependencyStateChange): void {
    if (from !== 'closed' && to !== 'closed') return;
    this.changes.set(dependency, this.clock.now().getTime());
  }

  /** In milliseconds since 1970; null: it is as it was at the start. */
  changedAtMs(dependency: string): number | null {
    return this.changes.get(dependency) ?? null;
  }
}
