import type { OutboxCondition } from './outbox-condition.js';

/** A family with all its versions, or a module with all its families, or a type as it is. */
const SELECTED = `($1::varchar IS NULL OR type = $1 OR starts_with(type, $1 || '.'))
      AND ($2::timestamptz IS NULL OR occurred_at >= $2) AND ($3::timestamptz IS NULL OR occurred_at < $3)`;
const AGAIN = `sent_at = NULL, parked_at = NULL, claimed_until = NULL, tries = 0, next_try_at = now(),
      last_failure = NULL, replays = replays + 1, replayed_at = now()`;

/** As predicates, so that what is unsent is found by its indexes beside a long history. */
const IS: Record<OutboxCondition, string> = {
  pending: 'sent_at IS NULL AND parked_at IS NULL',
  parked: 'sent_at IS NULL AND parked_at IS NOT NULL',
  sent: 'sent_at IS NOT NULL',
};

export const listOutbox = (condition: OutboxCondition | undefined) => ({
  name: `messaging.list-outbox-${condition ?? 'all'}`,
  text: `
    SELECT id, type, subject, occurred_at, tries, last_failure,
      CASE WHEN ${IS.sent} THEN 'sent' WHEN ${IS.parked} THEN 'parked' ELSE 'pending' END AS condition
    FROM messaging.outbox
    WHERE ${condition ? IS[condition] : 'true'} AND ${SELECTED}
    ORDER BY position LIMIT $4`,
});

/** Where the history begins and ends. */
export const OUTBOX_BOUNDS = {
  name: 'messaging.outbox-bounds',
  text: 'SELECT coalesce(min(position), 0) AS first, coalesce(max(position), 0) AS last FROM messaging.outbox',
};

export const REPLAY_EVENTS = {
  name: 'messaging.replay-events',
  text: `
    UPDATE messaging.outbox SET ${AGAIN}
    WHERE id = ANY ($1::uuid[]) AND (sent_at IS NOT NULL OR parked_at IS NOT NULL)`,
};

export const REPLAY_PARKED = {
  name: 'messaging.replay-parked',
  text: `UPDATE messaging.outbox SET ${AGAIN} WHERE parked_at IS NOT NULL AND sent_at IS NULL`,
};

/** A stretch of the history at a time: no statement takes long, however long the history is. */
export const REPLAY_SENT = {
  name: 'messaging.replay-sent',
  text: `
    UPDATE messaging.outbox SET ${AGAIN}
    WHERE sent_at IS NOT NULL AND ${SELECTED} AND position > $4::bigint AND position <= $5::bigint`,
};

export const DROP_PARKED = {
  name: 'messaging.drop-parked',
  text: 'DELETE FROM messaging.outbox WHERE id = ANY ($1::uuid[]) AND parked_at IS NOT NULL AND sent_at IS NULL',
};
