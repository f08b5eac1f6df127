import { UnitOfWork } from '#kernel/unit-of-work';
import { UseCase } from '#kernel/use-case';
import { CompanionRepository } from './ports/companion.repository.js';
import { HeardEvents } from './ports/heard-events.js';

/** What is gone. */
export interface Reset {
  readonly purchases: number;
  /** Events that will be listened to again when they are told again. */
  readonly events: number;
}

/**
 * Forgets everything that was learned, and that it was learned from events, so that telling those again teaches it
 * anew. All of it or nothing: an event that comes meanwhile waits, and is learned from afterwards.
 */
@UseCase()
export class ResetRecommendations {
  constructor(
    private readonly companions: CompanionRepository,
    private readonly heard: HeardEvents,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  execute(): Promise<Reset> {
    return this.unitOfWork.run(
      async () => ({ purchases: await this.companions.clear(), events: await this.heard.forget() }),
      { repeatable: true },
    );
  }
}
