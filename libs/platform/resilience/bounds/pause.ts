import { untilAborted } from './until-aborted.js';

/** Waits; an abort ends it at once, with the signal's reason. Its timer does not keep the process alive. */
export async function pause(delayMs: number, signal: AbortSignal): Promise<void> {
  const { promise: over, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, delayMs).unref();
  try {
    await untilAborted(signal, () => over);
  } finally {
    clearTimeout(timer);
  }
}
