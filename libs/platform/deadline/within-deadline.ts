import { type Deadline, DeadlineExceeded } from './deadline.js';
import { untilEnd } from './until-end.js';

/**
 * The result of `work`, which has the deadline's time from now on and no more: for what is no request, whose deadline the
 * request pipeline ends.
 * @param toldMs the time that the error names; the deadline's own, unless given
 * @throws DeadlineExceeded, and whatever else ends the deadline
 */
export async function withinDeadline<T>(
  deadline: Deadline,
  work: () => Promise<T>,
  toldMs = deadline.budgetMs,
): Promise<T> {
  const timer = setTimeout(() => deadline.end(new DeadlineExceeded(toldMs)), deadline.budgetMs);
  try {
    return await untilEnd(deadline, work(), () => undefined);
  } finally {
    clearTimeout(timer);
  }
}
