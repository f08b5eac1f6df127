import type { Answer } from '../answer.js';
import type { KeyedRequest } from '../keyed-request.js';

/** A request that was carried out or refused, with its answer. */
export interface IdempotencyRecord extends KeyedRequest {
  readonly answer: Answer;
  readonly createdAt: Date;
  /** From this moment on it counts as absent. */
  readonly expiresAt: Date;
}

/** What a record tells to who repeats its request. */
export type KeptAnswer = Pick<IdempotencyRecord, 'fingerprint' | 'answer'>;

/**
 * `free`: nothing is kept, and until the unit of work ends nobody else gets the same answer. `in-use`: somebody else has
 * got it, and is not done.
 */
export type Claim = 'free' | 'in-use' | KeptAnswer;

/** Where answers are kept. Its changes are part of the current unit of work. */
export abstract class IdempotencyStore {
  /**
   * Asks for what is kept under an id, and for the right to do its work. Never waits.
   * @param now what has expired by then is absent
   */
  abstract claim(id: string, now: Date): Promise<Claim>;

  /**
   * Keeps a record, over one that has expired by its `createdAt`.
   * @returns whether it is kept: not where one that is alive is there already, also one that was committed after this
   * unit claimed its id
   * @throws DatabaseConflict when that one is not to be seen at the unit's isolation
   */
  abstract keep(record: IdempotencyRecord): Promise<boolean>;

  /**
   * Deletes expired records, at most `limit` of them, and none that somebody else is deleting.
   * @returns how many
   */
  abstract forgetExpired(now: Date, limit: number): Promise<number>;
}
