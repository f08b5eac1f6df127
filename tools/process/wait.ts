import { setTimeout as pause } from 'node:timers/promises';

const POLL_INTERVAL_MS = 50;

/** Asks again every 50 ms until the answer is not null, or until the bound; then null. */
export async function pollUntil<T>(
  ask: () => Promise<T | null>,
  { timeoutMs, signal }: { timeoutMs: number; signal?: AbortSignal | undefined },
): Promise<T | null> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    signal?.throwIfAborted();
    const answer = await ask();
    if (answer !== null || performance.now() >= deadline) return answer;
    await pause(POLL_INTERVAL_MS);
  }
}
