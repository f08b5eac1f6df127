import { type Ending, untilEnd } from '#platform/deadline';

/** Waits; an end that comes first is thrown at once. Its timer does not keep the process alive. */
export async function pause(delayMs: number, ending: Ending<Error>): Promise<void> {
  const { promise: over, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, delayMs).unref();
  try {
    await untilEnd(ending, over, () => undefined);
  } finally {
    clearTimeout(timer);
  }
}
