import { Deadline } from '#platform/deadline';
import { DatabaseTimeout } from '../database.errors.js';
import { currentDeadline } from '../lent-client.js';

/** Of what the request has left: the rest is for whoever is asked instead. */
const SHARE_MAX = 0.5;

/**
 * Gives `work` so much time, and at most half of what the current request has left; it ends with the request.
 * @throws DatabaseTimeout when the share is used up; what ended the request; what `work` throws
 */
export async function withinShare<T>(budgetMs: number, work: (share: Deadline) => Promise<T>): Promise<T> {
  const whole = currentDeadline();
  const shareMs = whole ? Math.min(budgetMs, whole.remainingMs() * SHARE_MAX) : budgetMs;
  const share = new Deadline(shareMs);
  const timer = setTimeout(() => share.end(new DatabaseTimeout()), shareMs);
  const unsubscribe = whole?.onEnd((reason) => share.end(reason));
  try {
    return await work(share);
  } catch (error) {
    throw share.reason ?? error;
  } finally {
    clearTimeout(timer);
    unsubscribe?.();
  }
}
