/** What consumers have taken: an event has its effect on each of them once. */
export abstract class Inbox {
  /** Enters the event for the consumer, in the current unit of work; false when it is there already. */
  abstract enter(consumer: string, eventId: string): Promise<boolean>;

  /** Forgets what a consumer has consumed, so that a replay reaches it again. Gives how many. */
  abstract forget(consumer: string): Promise<number>;

  /** Forgets up to `limit` of what was consumed longer ago than that; gives how many. */
  abstract sweep(olderThanSeconds: number, limit: number): Promise<number>;
}
