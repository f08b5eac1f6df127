/**
 * - `retryable`: it failed in a way that may pass (no connection, 5xx, 429).
 * - `fatal`: it failed, and would again (an answer that can't be read, a certificate that isn't valid).
 * - `rejected`: it answered, and the answer is no (4xx): not a failure of the dependency. Passes through as it is.
 */
export type DependencyFailureKind = 'retryable' | 'fatal' | 'rejected';

export interface DependencyFailureOptions extends ErrorOptions {
  /** What the dependency asked for, see `retryAfterMs`. A retry comes no sooner, or not at all. */
  readonly retryAfterMs?: number;
}

/**
 * How an adapter tells what became of an attempt. Any other error that leaves the work counts as `fatal`: an
 * attempt is repeated only where the adapter knows that it may be.
 */
export class DependencyFailure extends Error {
  readonly retryAfterMs: number | undefined;

  constructor(
    readonly kind: DependencyFailureKind,
    message: string,
    { retryAfterMs, ...options }: DependencyFailureOptions = {},
  ) {
    super(message, options);
    this.name = 'DependencyFailure';
    this.retryAfterMs = retryAfterMs;
  }
}

export const isRejected = (error: unknown): error is DependencyFailure =>
  error instanceof DependencyFailure && error.kind === 'rejected';
