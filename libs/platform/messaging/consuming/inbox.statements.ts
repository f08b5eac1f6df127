/** Of two that take the same event at once, the second waits here for the first, and then knows. */
export const ENTER_EVENT = {
  name: 'messaging.enter-event',
  text: 'INSERT INTO messaging.inbox (consumer, event_id) VALUES ($1, $2) ON CONFLICT DO NOTHING',
};

export const FORGET_EVENTS = {
  name: 'messaging.forget-events',
  text: `
    DELETE FROM messaging.inbox WHERE (consumer, event_id) IN (
      SELECT consumer, event_id FROM messaging.inbox WHERE consumer = $1 LIMIT $2
    )`,
};

export const SWEEP_INBOX = {
  name: 'messaging.sweep-inbox',
  text: `
    DELETE FROM messaging.inbox WHERE (consumer, event_id) IN (
      SELECT consumer, event_id FROM messaging.inbox WHERE consumed_at < now() - $1::integer * interval '1 second'
      ORDER BY consumed_at LIMIT $2 FOR UPDATE SKIP LOCKED
    )`,
};
