import { DependencyFailure } from '#platform/resilience';

/** The broker can't take this event, now or later: publishing it again would change nothing. */
export class EventRefused extends DependencyFailure {
  override readonly name = 'EventRefused';

  /** @param reason continues "The broker refuses the event: " */
  constructor(reason: string, options?: ErrorOptions) {
    super('rejected', `The broker refuses the event: ${reason}.`, options);
  }
}
