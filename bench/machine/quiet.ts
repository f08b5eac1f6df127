import { setTimeout as pause } from 'node:timers/promises';
import { cpuSince } from './cpu-time.ts';

const LOOK_MS = 40;
/** Timers and polls of an idle store take some 1%. */
const QUIET_SHARE = 0.05;
const WAIT_MAX_MS = 5_000;
const NANOSECONDS_PER_MS = 1e6;

/**
 * Resolves when these processes compute next to nothing any more: what a slice has left them to do belongs to it, and not
 * to the slice after it. What still computes after five seconds does not stop by itself, and is not waited for.
 */
export async function untilQuiet(pids: readonly number[]): Promise<void> {
  const endsAtMs = performance.now() + WAIT_MAX_MS;
  while (performance.now() < endsAtMs) {
    const [computed, beganMs] = [cpuSince(pids), performance.now()];
    await pause(LOOK_MS);
    const elapsed = (performance.now() - beganMs) * NANOSECONDS_PER_MS;
    if (computed() / elapsed < QUIET_SHARE) return;
  }
}
