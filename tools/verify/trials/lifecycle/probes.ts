import { FaultProxy } from '../../../fault-proxy/fault-proxy.ts';
import { fact, together } from '../../trial/finding.ts';
import type { Trial } from '../../trial/trial.ts';

const PROBES_OF_PODS = ['/health/live', '/health/ready', '/health/startup'];
const PATHS = [...PROBES_OF_PODS, '/health', '/metrics', '/info'];

/** Sabotages that this is for: a readiness that is always UP, a liveness that asks the database. */
export const PROBES: Trial = {
  promise: 'G1',
  says: 'Liveness asks nobody, readiness what it needs; both are on the management port alone',
  how: 'the probes of a replica that is well, on both ports, and of one that has never seen its database',

  run: async (stage) => {
    const { first, database } = stage;
    const way = await FaultProxy.to(database.serviceUrl);
    stage.later(() => way.close());
    await way.down();
    const lonely = await stage.extra({ DATABASE_URL: way.url });
    const well = await Promise.all(PATHS.map((path) => first.manage(path)));
    const outside = await Promise.all(PATHS.map((path) => first.ask(path)));
    const without = await Promise.all(PROBES_OF_PODS.map((path) => lonely.manage(path)));
    const statuses = (answers: readonly { readonly status: number }[]): string =>
      answers.map(({ status }) => status).join();
    return together([
      fact('well', statuses(well), PATHS.map(() => 200).join()),
      fact('on the public port', statuses(outside), PATHS.map(() => 404).join()),
      fact('without a database: live, ready, startup', statuses(without), '200,503,200'),
    ]);
  },
};
