import { SLACK_MS } from '#platform/testing';

/** What the store is configured with here: shorter than its defaults, and as nested, so that each is told from others. */
export const ACQUIRE_MS = 500;
/** For what is not about that wait. */
export const PATIENT_ACQUIRE_MS = 5_000;
export const LOCK_MS = 600;
export const STATEMENT_MS = 1_000;
export const QUERY_MS = 1_300;

/** Liveness asks nobody, so it is as quick as ever. */
export const LIVENESS_MAX_MS = SLACK_MS;
/** From the end of a fault to the first answer that is well. */
export const RECOVERY_MS = 5_000;
/** One wait for a connection, then one for its answer. */
export const REQUEST_MAX_MS = ACQUIRE_MS + QUERY_MS + SLACK_MS;
export const POOL_MAX = 5;

export const BOUNDED: Readonly<Record<string, string>> = {
  DATABASE_POOL_MAX: String(POOL_MAX),
  DATABASE_ACQUIRE_TIMEOUT_MS: String(ACQUIRE_MS),
  DATABASE_LOCK_TIMEOUT_MS: String(LOCK_MS),
  DATABASE_STATEMENT_TIMEOUT_MS: String(STATEMENT_MS),
  DATABASE_QUERY_TIMEOUT_MS: String(QUERY_MS),
};
