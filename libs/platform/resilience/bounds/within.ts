import { TimeSpent, type Stretch } from './time-spent.js';

/**
 * Runs the work under a signal of its own, which is aborted when the time is over (reason: TimeSpent), or when the
 * parent is (the parent's reason). Nothing stays behind when the work is done: neither a timer nor a listener.
 * @throws the parent's reason when that is aborted already; else what the work throws
 */
export async function within<T>(
  { stretch, timeoutMs, parent }: { stretch: Stretch; timeoutMs: number; parent: AbortSignal | undefined },
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  parent?.throwIfAborted();
  const controller = new AbortController();
  const endWithParent = () => controller.abort(parent?.reason);
  // Not to keep the process alive: whoever waits for the work has a socket or a request that does.
  const timer = setTimeout(() => controller.abort(new TimeSpent(stretch, timeoutMs)), timeoutMs).unref();
  parent?.addEventListener('abort', endWithParent, { once: true });
  try {
    return await work(controller.signal);
  } finally {
    clearTimeout(timer);
    parent?.removeEventListener('abort', endWithParent);
  }
}
