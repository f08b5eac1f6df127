import { AppError } from '#kernel/app-error';
import { DatabaseTimeout } from '#platform/postgres';

/**
 * A failure that says nothing of what was tried: the database or a service is away, others were in the way. That it took
 * too long is none: it may be the event itself that takes so long, and it would hold up the others for ever.
 */
export const isPassing = (error: unknown): boolean =>
  error instanceof AppError && (error.transient || error.kind === 'unavailable') && !(error instanceof DatabaseTimeout);
