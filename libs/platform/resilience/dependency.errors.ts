import { appError } from '#kernel/app-error';

/** The breaker is open, the bulkhead is full, or every attempt failed. The cause tells which. */
export class DependencyUnavailable extends appError({
  code: 'platform.dependency-unavailable',
  kind: 'unavailable',
  title: 'A service that this one depends on is unavailable',
  remedy:
    'Try again after the time that Retry-After names. A write may have been carried out: read before you repeat it.',
}) {
  constructor(
    readonly dependency: string,
    options?: ErrorOptions,
  ) {
    super('A service that this one depends on is not available at the moment.', options);
  }
}

/** No answer within the bound on an attempt, or on the whole call. */
export class DependencyTimeout extends appError({
  code: 'platform.dependency-timeout',
  kind: 'unavailable',
  title: 'A service that this one depends on took too long',
  remedy: 'Try again after the time that Retry-After names; give the same idempotency key to a write.',
}) {
  constructor(
    readonly dependency: string,
    options?: ErrorOptions,
  ) {
    super('A service that this one depends on did not answer in time.', options);
  }
}
