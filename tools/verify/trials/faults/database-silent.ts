import type { Replica } from '../../stage/replica.ts';
import { SLACK_MS } from '../../stage/slack.ts';
import { fact, together, within } from '../../trial/finding.ts';
import type { Trial } from '../../trial/trial.ts';
import { recovery } from './recovery.ts';

/** REQUEST_TIMEOUT_MS, unless set: whatever the database does. */
const DEADLINE_MS = 5_000;
const CLIENTS = 20;
/** From the end of the fault to the first answer that is well: connections that hung are given up by then. */
const RECOVERY_MS = 5_000;
const LIST = '/v1/products?limit=1';

const isWell = async (replica: Replica): Promise<boolean> => (await replica.ask(LIST)).status === 200;

export const DATABASE_SILENT: Trial = {
  promise: 'B9',
  says: 'A database that hangs is waited for no longer than a request has time; then it is used again',
  how: 'nothing gets through to Postgres and nobody hangs up; 20 reads at once, and liveness meanwhile; then it answers',

  run: async ({ first, ways }) => {
    ways.postgres.blackHole();
    const asked = Promise.all(Array.from({ length: CLIENTS }, () => first.ask(LIST)));
    const live = await first.manage('/health/live');
    const answers = await asked;
    ways.postgres.heal();
    const recovered = await recovery([first], isWell, RECOVERY_MS);
    const statuses = new Set(answers.map(({ status }) => status));
    const honest = [...statuses].every((status) => status === 503 || status === 504);
    return together([
      { measured: `answers ${[...statuses].join()}`, bound: '503 or 504', holds: honest },
      within('longest', Math.max(...answers.map(({ tookMs }) => tookMs)), DEADLINE_MS + SLACK_MS),
      fact('liveness', live.status, 200),
      within('it took', live.tookMs, SLACK_MS),
      ...recovered,
    ]);
  },
};
