import type { Ending } from './ending.js';

/**
 * The result of `work`, or the end of its time, whichever comes first.
 * @param late takes what arrives after the end, so that nothing is lost: a connection goes back to its pool
 * @throws the reason of the end, also when it makes the work fail: DeadlineExceeded, ClientDisconnected
 */
export function untilEnd<T, Reason extends Error>(
  ending: Ending<Reason>,
  work: Promise<T>,
  late: (result: T) => void,
): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const unsubscribe = ending.onEnd(reject);
    work.then(
      (result) => {
        unsubscribe();
        if (ending.reason) late(result);
        else resolve(result);
      },
      (error: unknown) => {
        unsubscribe();
        reject(error instanceof Error ? error : new Error(String(error)));
      },
    );
  });
}
