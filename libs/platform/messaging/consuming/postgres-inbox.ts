import { Injectable } from '@nestjs/common';
import { Postgres } from '#platform/postgres';
import { Inbox } from './inbox.js';
import { ENTER_EVENT, FORGET_EVENTS, SWEEP_INBOX } from './inbox.statements.js';

/** Rows to a statement: some milliseconds. */
const FORGET_BATCH = 5_000;

/** Remembers in messaging.inbox, in the transaction of the effect. */
@Injectable()
export class PostgresInbox extends Inbox {
  constructor(private readonly postgres: Postgres) {
    super();
  }

  override async enter(consumer: string, eventId: string): Promise<boolean> {
    return (await this.postgres.query(ENTER_EVENT, [consumer, eventId])).rowCount === 1;
  }

  override async forget(consumer: string): Promise<number> {
    for (let forgotten = 0; ;) {
      const { rowCount } = await this.postgres.query(FORGET_EVENTS, [consumer, FORGET_BATCH]);
      forgotten += rowCount;
      if (rowCount < FORGET_BATCH) return forgotten;
    }
  }

  override async sweep(olderThanSeconds: number, limit: number): Promise<number> {
    return (await this.postgres.query(SWEEP_INBOX, [olderThanSeconds, limit])).rowCount;
  }
}
