import type { Deadline } from './deadline.js';

/**
 * The result of `work`, or the deadline's end, whichever comes first.
 * @param late takes what arrives after the end, so that nothing is lost: a connection goes back to its pool
 * @throws DeadlineExceeded, ClientDisconnected
 */
export function untilEnd<T>(deadline: Deadline, work: Promise<T>, late: (result: T) => void): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const unsubscribe = deadline.onEnd(reject);
    work.then(
      (result) => {
        unsubscribe();
        if (deadline.reason) late(result);
        else resolve(result);
      },
      (error: unknown) => {
        unsubscribe();
        reject(error instanceof Error ? error : new Error(String(error)));
      },
    );
  });
}
