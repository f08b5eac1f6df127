import { toldBy } from '../../stage/ask.ts';
import { SLACK_MS } from '../../stage/slack.ts';
import { fact, together, within } from '../../trial/finding.ts';
import type { Trial } from '../../trial/trial.ts';

/** DATABASE_ACQUIRE_TIMEOUT_MS, unless set. */
const ACQUIRE_MS = 1_000;
/** From the end of the fault to the first answer that is well. */
const RECOVERY_MS = 5_000;
const READY_CHANGES_MS = 5_000;
const LIST = '/v1/products?limit=1';

/** Sabotage that this is for: a readiness that is always UP. */
export const DATABASE_GONE: Trial = {
  promise: 'B9',
  says: 'A database that dies costs clear refusals, and not the process; it recovers without a restart',
  how: 'the way to Postgres is cut under both replicas, and mended; the API, the probes, and how long it takes',

  run: async ({ both, first, ways }) => {
    const pids = both.map(({ pid }) => pid).join();
    await ways.postgres.down();
    const answers = await Promise.all(both.map((replica) => replica.ask(LIST)));
    const unreadyMs = await first.probed('/health/ready', 503, READY_CHANGES_MS);
    const live = await Promise.all(both.map((replica) => replica.manage('/health/live')));
    await ways.postgres.up();
    const mendedAtMs = performance.now();
    for (const replica of both) {
      await replica.probed('/health/ready', 200, RECOVERY_MS);
      while ((await replica.ask(LIST)).status !== 200) {
        if (performance.now() - mendedAtMs > 2 * RECOVERY_MS) break;
      }
    }
    const recoveryMs = performance.now() - mendedAtMs;
    const refused = '503 platform.database-unavailable';
    return together([
      fact('answers', answers.map(toldBy).join(), `${refused},${refused}`),
      fact(
        'Retry-After',
        answers.every(({ headers }) => headers.has('retry-after')),
        true,
      ),
      within('longest', Math.max(...answers.map(({ tookMs }) => tookMs)), ACQUIRE_MS + SLACK_MS),
      fact('liveness', live.map(({ status }) => status).join(), '200,200'),
      within('not ready after', unreadyMs, READY_CHANGES_MS),
      within('well again after', recoveryMs, RECOVERY_MS),
      fact('the same processes', both.map(({ pid }) => pid).join() === pids, true),
    ]);
  },
};
