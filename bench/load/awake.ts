/**
 * Does something that waits, and does not sleep meanwhile: the event loop turns without a pause. Whoever writes to a process
 * that sleeps has to wake it, and pays for that: over loopback, and into another core, some microseconds an answer.
 */
export async function whileAwake<T>(work: () => Promise<T>): Promise<T> {
  let turn = setImmediate(function next() {
    turn = setImmediate(next);
  });
  try {
    return await work();
  } finally {
    clearImmediate(turn);
  }
}
