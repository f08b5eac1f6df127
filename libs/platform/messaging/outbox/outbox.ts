import { EventOutbox } from '#platform/unit-of-work';
import type { CloudEvent } from '../event/cloud-event.js';

/** An event that waits in the outbox, as the relay sees it. */
export interface OutboxEntry {
  /** The order of its recording: a number of 64 bits, as text. */
  readonly position: string;
  readonly event: CloudEvent;
  /** Of the broker: another one after each replay, since it would pass over one that it has seen. */
  readonly messageId: string;
  /** Failures so far. */
  readonly tries: number;
}

/** A try that failed. */
export interface FailedTry {
  readonly position: string;
  readonly reason: string;
  /** When to try again; null parks the event until somebody has seen to it. */
  readonly retryInMs: number | null;
  /** Whether it is a try of the event's: not where something else was away. */
  readonly counts: boolean;
}

export interface OutboxState {
  /** Events that are not sent and not parked. */
  readonly pending: number;
  /** Of the oldest among them, since it happened; 0 when there is none. */
  readonly oldestAgeSeconds: number;
  readonly parked: number;
}

/** What the relay does with the outbox. Several relays may do it at one time. */
export abstract class Outbox extends EventOutbox {
  /**
   * Takes up to `limit` events that are due, the oldest first, for `leaseMs`: until then no other relay takes them.
   * Of each subject only the first that is unsent, so that its events leave in order; one that is parked holds up those
   * behind it.
   */
  abstract claim(limit: number, leaseMs: number): Promise<readonly OutboxEntry[]>;

  abstract markSent(positions: readonly string[]): Promise<void>;

  abstract giveBack(positions: readonly string[]): Promise<void>;

  abstract markFailed(tries: readonly FailedTry[]): Promise<void>;

  abstract state(): Promise<OutboxState>;

  /** Forgets up to `limit` of what was sent longer ago than that; gives how many. */
  abstract sweep(olderThanSeconds: number, limit: number): Promise<number>;

  /** Calls when events may be waiting: at once in this process, and soon after when another one has committed some. */
  abstract onCommitted(listener: () => void): void;
}
