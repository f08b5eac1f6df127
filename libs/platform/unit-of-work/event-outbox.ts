import type { DomainEvent } from '#kernel/domain-event';

/** Where the events of a unit of work wait until they are told. */
export abstract class EventOutbox {
  /** Within the unit's transaction: kept with its changes, or not at all. In this order for each subject. */
  abstract append(events: readonly DomainEvent[]): Promise<void>;

  /** What was appended has been committed, and may be told now. Never fails. */
  abstract committed(): void;
}
