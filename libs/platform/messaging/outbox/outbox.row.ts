import type { CloudEvent } from '../event/cloud-event.js';
import { moduleOf } from '../event/event-type.js';
import type { OutboxEntry } from './outbox.js';

/** A row of messaging.outbox, as a relay claims it. */
export interface OutboxRow {
  readonly position: string;
  readonly id: string;
  readonly type: string;
  readonly subject: string;
  readonly occurred_at: Date;
  readonly traceparent: string;
  readonly data: CloudEvent['data'];
  readonly tries: number;
  readonly replays: number;
}

export const toEntry = (row: OutboxRow): OutboxEntry => ({
  position: row.position,
  event: {
    specversion: '1.0',
    id: row.id,
    source: `/mainstay/${moduleOf(row.type)}`,
    type: row.type,
    subject: row.subject,
    time: row.occurred_at.toISOString(),
    datacontenttype: 'application/json',
    traceparent: row.traceparent,
    data: row.data,
  },
  messageId: row.replays === 0 ? row.id : `${row.id}.${row.replays}`,
  tries: row.tries,
});
