import { setTimeout as delay } from 'node:timers/promises';
import type { HealthService } from '#platform/health';
import type { Lifecycle } from '#platform/lifecycle';

/**
 * How long a start waits for what it needs before it takes connections. A database that is there is reached within a tenth of
 * it. In milliseconds.
 */
export const START_WAIT_MAX_MS = 2_000;
const POLL_MS = 5;

/**
 * Resolves when the service has what it needs, when the wait is over, or when the process has been asked to end. Balancers
 * that look at nothing but the port (the free nginx, say) send requests as soon as it is open: those that came before the
 * first connection to the database would be refused. A database that is away is no reason to stay closed: then clients
 * are told.
 */
export async function untilItCanServe(
  health: Pick<HealthService, 'hasWhatItNeeds'>,
  lifecycle: Pick<Lifecycle, 'phase'>,
  maxMs = START_WAIT_MAX_MS,
): Promise<void> {
  const endsAtMs = performance.now() + maxMs;
  while (lifecycle.phase === 'starting' && !(await health.hasWhatItNeeds())) {
    if (performance.now() >= endsAtMs) return;
    await delay(POLL_MS);
  }
}
