/** The order of recording is that of the array: identities are drawn in it. */
export const APPEND_EVENTS = {
  name: 'messaging.append-events',
  text: `
    INSERT INTO messaging.outbox (id, type, subject, occurred_at, traceparent, data)
    SELECT id, type, subject, occurred_at, traceparent, data
    FROM unnest($1::uuid[], $2::varchar[], $3::varchar[], $4::timestamptz[], $5::varchar[], $6::jsonb[])
      WITH ORDINALITY AS event (id, type, subject, occurred_at, traceparent, data, place)
    ORDER BY place`,
};

/**
 * Two relays at once never take one row (SKIP LOCKED; and whoever waited for nothing sees, when it locks, that the row
 * has been claimed meanwhile). The second of a subject is no candidate until the first is sent, by whomever.
 */
export const CLAIM_EVENTS = {
  name: 'messaging.claim-events',
  text: `
    WITH due AS (
      SELECT position FROM messaging.outbox AS candidate
      WHERE sent_at IS NULL AND parked_at IS NULL AND next_try_at <= now()
        AND (claimed_until IS NULL OR claimed_until <= now())
        AND NOT EXISTS (
          SELECT FROM messaging.outbox AS earlier
          WHERE earlier.subject = candidate.subject AND earlier.sent_at IS NULL
            AND earlier.position < candidate.position
        )
      ORDER BY position
      LIMIT $1
      FOR UPDATE SKIP LOCKED
    ), claimed AS (
      UPDATE messaging.outbox SET claimed_until = now() + $2::integer * interval '1 millisecond'
      FROM due WHERE outbox.position = due.position
      RETURNING outbox.*
    )
    SELECT position, id, type, subject, occurred_at, traceparent, data, tries, replays FROM claimed
    ORDER BY position`,
};

export const MARK_SENT = {
  name: 'messaging.mark-sent',
  text: `
    UPDATE messaging.outbox SET sent_at = now(), claimed_until = NULL
    WHERE position = ANY ($1::bigint[]) AND sent_at IS NULL`,
};

export const GIVE_BACK = {
  name: 'messaging.give-back',
  text: 'UPDATE messaging.outbox SET claimed_until = NULL WHERE position = ANY ($1::bigint[]) AND sent_at IS NULL',
};

export const MARK_FAILED = {
  name: 'messaging.mark-failed',
  text: `
    UPDATE messaging.outbox SET
      tries = tries + failed.counts::integer,
      last_failure = failed.reason,
      claimed_until = NULL,
      next_try_at = now() + coalesce(failed.retry_in_ms, 0) * interval '1 millisecond',
      parked_at = CASE WHEN failed.retry_in_ms IS NULL THEN now() END
    FROM unnest($1::bigint[], $2::varchar[], $3::integer[], $4::boolean[])
      AS failed (position, reason, retry_in_ms, counts)
    WHERE outbox.position = failed.position AND sent_at IS NULL`,
};

export const OUTBOX_STATE = {
  name: 'messaging.outbox-state',
  text: `
    SELECT
      count(*) FILTER (WHERE parked_at IS NULL)::integer AS pending,
      coalesce(
        extract(epoch FROM now() - min(coalesce(replayed_at, occurred_at)) FILTER (WHERE parked_at IS NULL)), 0
      )::float8 AS age,
      count(parked_at)::integer AS parked
    FROM messaging.outbox WHERE sent_at IS NULL`,
};

export const SWEEP_OUTBOX = {
  name: 'messaging.sweep-outbox',
  text: `
    DELETE FROM messaging.outbox WHERE position IN (
      SELECT position FROM messaging.outbox WHERE sent_at < now() - $1::integer * interval '1 second'
      ORDER BY sent_at LIMIT $2 FOR UPDATE SKIP LOCKED
    )`,
};
