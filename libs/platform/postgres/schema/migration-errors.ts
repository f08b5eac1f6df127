import { messageOf, SqlState, sqlStateOf } from '../sql-state.js';

/** sysexits.h, EX_TEMPFAIL: nothing is wrong with the migration; the same run may succeed a moment later. */
const EXIT_TRY_AGAIN = 75;

/** This version can't serve on the schema. */
export const EXIT_NOT_SERVABLE = 3;

/** What others were in the way of. */
const PASSING: ReadonlySet<string | null> = new Set([
  SqlState.lockNotAvailable,
  SqlState.deadlockDetected,
  SqlState.serializationFailure,
]);

/** One migration failed. It was undone, unless it refused a transaction; those before it stay. */
export class MigrationFailed extends Error {
  override readonly name = 'MigrationFailed';
  /** 75 when a table was in use and its lock was not had in time, else 1. */
  readonly exitCode: number;

  constructor(
    readonly migration: string,
    cause: unknown,
  ) {
    super(`${migration} failed: ${messageOf(cause)}`, { cause });
    this.exitCode = PASSING.has(sqlStateOf(cause)) ? EXIT_TRY_AGAIN : 1;
  }
}

/** Another migration run held the lock for as long as we were ready to wait. */
export class MigrationLockBusy extends Error {
  override readonly name = 'MigrationLockBusy';
  readonly exitCode = EXIT_TRY_AGAIN;

  constructor(waitedMs: number) {
    super(
      `Another migration run has held the lock for ${waitedMs} ms. Wait until it ends and run this again, ` +
        "or find it: SELECT pid, query FROM pg_stat_activity WHERE application_name = 'mainstay-migrate'.",
    );
  }
}

/** No session was to be had: nothing was asked, and nothing was done. */
export class ServerUnreachable extends Error {
  override readonly name = 'ServerUnreachable';
  readonly exitCode = EXIT_TRY_AGAIN;

  constructor(cause: unknown) {
    super(`no connection to the database: ${messageOf(cause) || String(cause)}`, { cause });
  }
}

/** The schema is not one that this version may touch. */
export class SchemaTooNew extends Error {
  override readonly name = 'SchemaTooNew';
  readonly exitCode = EXIT_NOT_SERVABLE;

  constructor(unknown: readonly string[]) {
    super(
      `This version can not serve on the schema, and leaves it alone: it does not know ${unknown.join(', ')}. Either a ` +
        'later version has taken away what this one needs, or this is the database of another service.',
    );
  }
}
