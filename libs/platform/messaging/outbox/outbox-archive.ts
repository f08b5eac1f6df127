import { Injectable } from '@nestjs/common';
import { Postgres } from '#platform/postgres';
import {
  DROP_PARKED,
  listOutbox,
  OUTBOX_BOUNDS,
  REPLAY_EVENTS,
  REPLAY_PARKED,
  REPLAY_SENT,
} from './outbox-archive.statements.js';
import type { OutboxCondition } from './outbox-condition.js';

/** An event of the outbox, as an operator sees it. */
export interface OutboxRecord {
  readonly id: string;
  readonly type: string;
  readonly subject: string;
  readonly occurredAt: Date;
  readonly condition: OutboxCondition;
  readonly tries: number;
  readonly lastFailure: string | null;
}

export interface OutboxSelection {
  /** A type; a family of types, without its version; or a module, for all of its types. */
  readonly type?: string | undefined;
  /** That happened then or later. */
  readonly since?: Date | undefined;
  /** That happened before. */
  readonly until?: Date | undefined;
}

export interface OutboxListing extends OutboxSelection {
  readonly condition?: OutboxCondition | undefined;
  readonly limit: number;
}

/** Positions to a statement of a replay: some tenths of a second, were all of them chosen. */
const STRETCH = 10_000;

interface RecordRow {
  readonly id: string;
  readonly type: string;
  readonly subject: string;
  readonly occurred_at: Date;
  readonly tries: number;
  readonly last_failure: string | null;
  readonly condition: OutboxCondition;
}

/** What an operator does with messaging.outbox. There is none in memory: that one ends with its process. */
@Injectable()
export class OutboxArchive {
  constructor(private readonly postgres: Postgres) {}

  /** In the order of recording. */
  async list({ condition, type, since, until, limit }: OutboxListing): Promise<readonly OutboxRecord[]> {
    const { rows } = await this.postgres.query<RecordRow>(listOutbox(condition), [type, since, until, limit]);
    return rows.map(({ occurred_at, last_failure, ...row }) => ({
      ...row,
      occurredAt: occurred_at,
      lastFailure: last_failure,
    }));
  }

  /** Lets the relay send them again, parked or sent; gives how many there were. */
  async replay(ids: readonly string[]): Promise<number> {
    return (await this.postgres.query(REPLAY_EVENTS, [ids])).rowCount;
  }

  async replayParked(): Promise<number> {
    return (await this.postgres.query(REPLAY_PARKED)).rowCount;
  }

  /** What was sent and is still kept: consumers that know an event pass over it. */
  async replaySent({ type, since, until }: OutboxSelection): Promise<number> {
    const { rows } = await this.postgres.query<{ first: string; last: string }>(OUTBOX_BOUNDS);
    const [first, last] = [Number(rows[0]?.first ?? 0), Number(rows[0]?.last ?? 0)];
    let replayed = 0;
    for (let after = first - 1; after < last; after += STRETCH) {
      const stretch = [type, since, until, after, after + STRETCH];
      replayed += (await this.postgres.query(REPLAY_SENT, stretch)).rowCount;
    }
    return replayed;
  }

  /** Deletes those among them that are parked; gives how many. */
  async drop(ids: readonly string[]): Promise<number> {
    return (await this.postgres.query(DROP_PARKED, [ids])).rowCount;
  }
}
