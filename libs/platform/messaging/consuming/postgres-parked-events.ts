import { Injectable } from '@nestjs/common';
import { Postgres } from '#platform/postgres';
import { REASON_LENGTH_MAX } from '../failure-reason.js';
import { ParkedEvents, type ParkedEvent } from './parked-events.js';

interface ParkedRow {
  readonly consumer: string;
  readonly event_id: string;
  readonly type: string;
  readonly envelope: string;
  readonly reason: string;
  readonly parked_at: Date;
}

const NAME_LENGTH_MAX = 255;
const COLUMNS = 'consumer, event_id, type, envelope, reason, parked_at';
const PARK = {
  name: 'messaging.park-event',
  text: `
    INSERT INTO messaging.parked_events (${COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT (consumer, event_id) DO UPDATE SET reason = excluded.reason, parked_at = excluded.parked_at`,
};
const LIST = {
  name: 'messaging.list-parked-events',
  text: `SELECT ${COLUMNS} FROM messaging.parked_events ORDER BY parked_at, consumer, event_id LIMIT $1`,
};
const FIND = {
  name: 'messaging.find-parked-event',
  text: `SELECT ${COLUMNS} FROM messaging.parked_events WHERE consumer = $1 AND event_id = $2`,
};
const REMOVE = {
  name: 'messaging.remove-parked-event',
  text: 'DELETE FROM messaging.parked_events WHERE consumer = $1 AND event_id = $2',
};
const COUNT = {
  name: 'messaging.count-parked-events',
  text: 'SELECT count(*)::integer AS count FROM messaging.parked_events',
};

/** Parks in messaging.parked_events. */
@Injectable()
export class PostgresParkedEvents extends ParkedEvents {
  constructor(private readonly postgres: Postgres) {
    super();
  }

  override async park({ consumer, eventId, type, envelope, reason, parkedAt }: ParkedEvent): Promise<void> {
    const texts = [consumer, cut(eventId), cut(type), storable(envelope), storable(reason).slice(0, REASON_LENGTH_MAX)];
    await this.postgres.query(PARK, [...texts, parkedAt]);
  }

  override async list(limit: number): Promise<readonly ParkedEvent[]> {
    return (await this.postgres.query<ParkedRow>(LIST, [limit])).rows.map(toParkedEvent);
  }

  override async find(consumer: string, eventId: string): Promise<ParkedEvent | null> {
    const { rows } = await this.postgres.query<ParkedRow>(FIND, [consumer, eventId]);
    return rows[0] ? toParkedEvent(rows[0]) : null;
  }

  override async remove(consumer: string, eventId: string): Promise<void> {
    await this.postgres.query(REMOVE, [consumer, eventId]);
  }

  override async count(): Promise<number> {
    return (await this.postgres.query<{ count: number }>(COUNT)).rows[0]?.count ?? 0;
  }
}

const cut = (text: string): string => storable(text).slice(0, NAME_LENGTH_MAX);

/** What comes from outside may hold what no text of Postgres can: NUL, and half of a surrogate pair. */
const storable = (text: string): string => text.replaceAll('\0', '\uFFFD').toWellFormed();

const toParkedEvent = ({ consumer, event_id, type, envelope, reason, parked_at }: ParkedRow): ParkedEvent => ({
  consumer,
  eventId: event_id,
  type,
  envelope,
  reason,
  parkedAt: parked_at,
});
