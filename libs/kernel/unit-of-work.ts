import type { DomainEvent } from './domain-event.js';

/** From the weakest to the strictest, as SQL names them. */
export const ISOLATION_LEVELS = ['read committed', 'repeatable read', 'serializable'] as const;
export type IsolationLevel = (typeof ISOLATION_LEVELS)[number];

export interface UnitOfWorkOptions {
  /** What the work may see of others; `read committed`, unless given. */
  readonly isolation?: IsolationLevel;
  /**
   * Whether the work may be done again from its beginning when it lost to others (a deadlock, a serialization failure):
   * it does nothing that a rollback doesn't undo. No, unless it says so.
   */
  readonly repeatable?: boolean;
}

/**
 * What is done wholly or not at all. Stores take part in the current unit by themselves: a use case says where it
 * begins and ends, and passes nothing on.
 */
export abstract class UnitOfWork {
  /**
   * Does the work, and keeps it when it ends well. Inside of another unit it is a part of that one, which decides.
   * @throws whatever the work throws, after everything is undone
   * @throws Error when it asks for more isolation than the unit that it is a part of, or when that one is over
   */
  abstract run<T>(work: () => Promise<T>, options?: UnitOfWorkOptions): Promise<T>;

  /**
   * Keeps events with the unit's changes: they are told when those are committed, and never otherwise.
   * @throws Error outside of a unit, and in one that is over
   */
  abstract record(events: readonly DomainEvent[]): void;
}
