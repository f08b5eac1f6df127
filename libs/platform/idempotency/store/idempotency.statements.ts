import type { Statement } from '#platform/postgres';

/**
 * One row, always. The lock is the transaction's: it ends with it, also when its connection breaks, so a process that is
 * killed leaves none behind. 64 bits of the hash name it; two ids that share them get in each other's way for a moment.
 */
export const CLAIM: Statement = {
  name: 'idempotency.claim',
  text: `
    SELECT pg_try_advisory_xact_lock($2::bigint) AS locked, record.id IS NOT NULL AS kept,
      encode(record.fingerprint, 'hex') AS fingerprint, record.status, record.headers, record.body, record.error_code
    FROM (VALUES (1)) AS one
    LEFT JOIN idempotency.records AS record ON record.id = $1 AND record.expires_at > $3`,
};

/** Nothing is returned where a record that is alive is there. */
export const KEEP: Statement = {
  name: 'idempotency.keep',
  text: `
    INSERT INTO idempotency.records AS old
      (id, fingerprint, caller_id, method, route, request_id, status, headers, body, error_code, created_at, expires_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
    ON CONFLICT (id) DO UPDATE SET
      fingerprint = EXCLUDED.fingerprint, caller_id = EXCLUDED.caller_id, method = EXCLUDED.method,
      route = EXCLUDED.route, request_id = EXCLUDED.request_id, status = EXCLUDED.status, headers = EXCLUDED.headers,
      body = EXCLUDED.body, error_code = EXCLUDED.error_code, created_at = EXCLUDED.created_at,
      expires_at = EXCLUDED.expires_at
    WHERE old.expires_at <= EXCLUDED.created_at`,
};

export const FORGET_EXPIRED: Statement = {
  name: 'idempotency.forget-expired',
  text: `
    DELETE FROM idempotency.records WHERE id IN (
      SELECT id FROM idempotency.records WHERE expires_at <= $1
      ORDER BY expires_at LIMIT $2 FOR UPDATE SKIP LOCKED)`,
};
