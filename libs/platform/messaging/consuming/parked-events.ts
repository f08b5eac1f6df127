/** An event that a consumer gave up, kept until somebody has seen to it. */
export interface ParkedEvent {
  /** The consumer that could not take it. */
  readonly consumer: string;
  readonly eventId: string;
  readonly type: string;
  /** As it came, so that it can be delivered again, also when it can't be read. */
  readonly envelope: string;
  /** Why, in words for the operator. */
  readonly reason: string;
  readonly parkedAt: Date;
}

/** Where consumers of a broker park what they can't take. */
export abstract class ParkedEvents {
  /** Once for each consumer and event: parked again, the later reason stands. */
  abstract park(event: ParkedEvent): Promise<void>;

  /** The oldest first. */
  abstract list(limit: number): Promise<readonly ParkedEvent[]>;

  abstract find(consumer: string, eventId: string): Promise<ParkedEvent | null>;

  abstract remove(consumer: string, eventId: string): Promise<void>;

  abstract count(): Promise<number>;
}
