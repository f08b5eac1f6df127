import { Ending } from '#platform/deadline';
import { TimeSpent, type Stretch } from './time-spent.js';

/** What a stretch of time ends with, before its own end. */
export interface Followed {
  throwIfEnded(): void;
  onEnd(listener: (reason: Error) => void): () => void;
}

export interface Bound {
  readonly stretch: Stretch;
  readonly timeoutMs: number;
  readonly parent: Followed | undefined;
}

/**
 * Runs the work under an end of its own, which comes when the time is over (reason: TimeSpent), or with the parent's (the
 * parent's reason). Nothing stays behind when the work is done: neither a timer nor a listener.
 * @throws the parent's reason when that has ended already; else what the work throws
 */
export async function within<T>({ stretch, timeoutMs, parent }: Bound, work: (ending: Ending<Error>) => Promise<T>) {
  parent?.throwIfEnded();
  const ending = new Ending<Error>();
  const timer = setTimeout(() => ending.end(new TimeSpent(stretch, timeoutMs)), wholeMs(timeoutMs));
  timer.unref(); // not to keep the process alive: whoever waits for the work has a socket or a request that does
  const unfollow = parent?.onEnd((reason) => ending.end(reason));
  try {
    return await work(ending);
  } finally {
    clearTimeout(timer);
    unfollow?.();
  }
}

/** Node keeps a list of timers for each duration: one for each fraction of a millisecond would be a list for each call. */
const wholeMs = Math.ceil;

/** The end that a signal tells of. */
export const asFollowed = (signal: AbortSignal): Followed => ({
  throwIfEnded: () => signal.throwIfAborted(),
  onEnd: (listener) => {
    const heard = (): void => listener(signal.reason as Error);
    signal.addEventListener('abort', heard, { once: true });
    return () => signal.removeEventListener('abort', heard);
  },
});
