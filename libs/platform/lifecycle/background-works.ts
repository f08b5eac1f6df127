import type { DiscoveryService } from '@nestjs/core';
import { instancesOf } from '#platform/discovery';
import { BackgroundWork } from './background-work.js';

/** All background work of the process. */
export class BackgroundWorks {
  private readonly works: readonly BackgroundWork[];

  constructor(discovery: DiscoveryService) {
    this.works = instancesOf(discovery, BackgroundWork);
  }

  start(): void {
    for (const work of this.works) work.start();
  }

  /** One that fails keeps none of the others from stopping. */
  async stop(): Promise<void> {
    const outcomes = await Promise.allSettled(this.works.map((work) => work.stop()));
    const failures = outcomes.filter((outcome) => outcome.status === 'rejected').map(({ reason }) => reason as unknown);
    if (failures.length > 0) throw new AggregateError(failures, 'Background work did not stop well.');
  }
}
