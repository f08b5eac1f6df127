/**
 * What a busy machine may add to a time that is promised, in milliseconds. Far below what an absent bound would cost: the
 * defaults of drivers and clients are ten seconds and more.
 */
export const SLACK_MS = 1_000;

/** What a timer may be early, by the clock of another process. */
export const EARLY_MS = 20;

/** A statement may wait for a lock for as long as a trial likes. */
export const PATIENT_DATABASE = {
  DATABASE_LOCK_TIMEOUT_MS: '12000',
  DATABASE_STATEMENT_TIMEOUT_MS: '13000',
  DATABASE_QUERY_TIMEOUT_MS: '14000',
} as const;
