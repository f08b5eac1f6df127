import { appError } from '#kernel/app-error';

/** Postgres can't be reached, refuses connections, or has no slot left in the pool in time. */
export class DatabaseUnavailable extends appError({
  code: 'platform.database-unavailable',
  kind: 'unavailable',
  title: 'The database is unavailable',
  remedy:
    'Try again after the time that Retry-After names. A write may have been carried out: read before you repeat it.',
}) {
  constructor(options?: ErrorOptions) {
    super('The database cannot be reached at the moment.', options);
  }
}

/** Postgres didn't answer within the bound on a statement, or on its wait for a lock. */
export class DatabaseTimeout extends appError({
  code: 'platform.database-timeout',
  kind: 'unavailable',
  title: 'The database took too long',
  remedy: 'Try again after the time that Retry-After names; give the same idempotency key to a write.',
}) {
  constructor(options?: ErrorOptions) {
    super('The database did not answer in time.', options);
  }
}

/** The statement lost to others: a deadlock, a serialization failure, a lock that was not free in time. It did nothing. */
export class DatabaseConflict extends appError({
  code: 'platform.database-conflict',
  kind: 'conflict',
  title: 'Others are changing the same thing',
  remedy: 'Try again after the time that Retry-After names; nothing was changed.',
  transient: true,
}) {
  constructor(options?: ErrorOptions) {
    super('Others were changing the same thing at the same time.', options);
  }
}
