/**
 * Runs the work, and leaves it as soon as the signal is aborted, with the signal's reason: also work that doesn't
 * listen to its signal keeps nobody waiting. What it does after that is lost, its rejection included.
 */
export async function untilAborted<T>(signal: AbortSignal, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  signal.throwIfAborted();
  const { promise: left, reject } = Promise.withResolvers<never>();
  // Listens before the work does: the reason wins over whatever error the work makes of its abortion.
  const leave = () => reject(signal.reason as Error);
  signal.addEventListener('abort', leave, { once: true });
  try {
    return await Promise.race([left, Promise.try(work, signal)]);
  } finally {
    signal.removeEventListener('abort', leave);
  }
}
