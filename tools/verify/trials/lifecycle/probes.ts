import { fact, together } from '../../trial/finding.ts';
import type { Trial } from '../../trial/trial.ts';

const PATHS = ['/health/live', '/health/ready', '/health/startup', '/health', '/metrics', '/info'];
const READY_CHANGES_MS = 5_000;

/** Sabotages that this is for: a readiness that is always UP, a liveness that asks the database. */
export const PROBES: Trial = {
  promise: 'G1',
  says: 'Liveness asks nobody, readiness what it needs; both are on the management port alone',
  how: 'the probes while all is well, on the public port, and while the database is gone',

  run: async ({ first, ways }) => {
    const well = await Promise.all(PATHS.map((path) => first.manage(path)));
    const outside = await Promise.all(PATHS.map((path) => first.ask(path)));
    await ways.postgres.down();
    await first.probed('/health/ready', 503, READY_CHANGES_MS).catch(() => undefined);
    const gone = await Promise.all(PATHS.slice(0, 3).map((path) => first.manage(path)));
    const statuses = (answers: readonly { readonly status: number }[]): string =>
      answers.map(({ status }) => status).join();
    return together([
      fact('well', statuses(well), PATHS.map(() => 200).join()),
      fact('on the public port', statuses(outside), PATHS.map(() => 404).join()),
      fact('without a database: live, ready, startup', statuses(gone), '200,503,200'),
    ]);
  },
};
