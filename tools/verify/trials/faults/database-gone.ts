import { pollUntil } from '../../../process/wait.ts';
import { field, toldBy } from '../../stage/ask.ts';
import { SLACK_MS } from '../../stage/slack.ts';
import type { Replica } from '../../stage/replica.ts';
import { fact, together, within } from '../../trial/finding.ts';
import type { Trial } from '../../trial/trial.ts';
import { recovery } from './recovery.ts';

/** DATABASE_ACQUIRE_TIMEOUT_MS, unless set. */
const ACQUIRE_MS = 1_000;
/** From the end of the fault to the first answer that is well. */
const RECOVERY_MS = 5_000;
/** How soon /health has to tell. */
const TOLD_MS = 5_000;
const LIST = '/v1/products?limit=1';
/** At each replica: more than a breaker of any dependency here needs to open, so that it would be seen not to close. */
const REQUESTS = 25;

const isWell = async (replica: Replica): Promise<boolean> =>
  (await replica.manage('/health/ready')).status === 200 && (await replica.ask(LIST)).status === 200;

/**
 * Readiness stays as it is: every replica has the same database, and none would be left (docs/guides/resilience.md). That it
 * is no for a service that never had one is tried by itself.
 */
export const DATABASE_GONE: Trial = {
  promise: 'B9',
  says: 'A database that dies costs clear refusals, and not the process; it recovers without a restart',
  how: 'the way to Postgres is cut under both replicas, and mended; 50 reads, the probes, /health, and how long it takes',

  run: async ({ both, first, ways }) => {
    await ways.postgres.down();
    const asked = Array.from({ length: REQUESTS }, () => both.map((replica) => replica.ask(LIST)));
    const answers = await Promise.all(asked.flat());
    const probes = [await first.manage('/health/live'), await first.manage('/health/ready')];
    const told = async (): Promise<string> =>
      String(field(field(field((await first.manage('/health')).json, 'details'), 'database'), 'status'));
    await pollUntil(async () => (await told()) === 'down' || null, { timeoutMs: TOLD_MS });
    const health = await told();
    await ways.postgres.up();
    const recovered = await recovery(both, isWell, RECOVERY_MS);
    return together([
      fact(`${answers.length} answers`, [...new Set(answers.map(toldBy))].join(), '503 platform.database-unavailable'),
      fact(
        'Retry-After',
        answers.every(({ headers }) => headers.has('retry-after')),
        true,
      ),
      within('longest', Math.max(...answers.map(({ tookMs }) => tookMs)), ACQUIRE_MS + SLACK_MS),
      fact('liveness, readiness', probes.map(({ status }) => status).join(), '200,200'),
      fact('the database by /health', health, 'down'),
      ...recovered,
    ]);
  },
};
