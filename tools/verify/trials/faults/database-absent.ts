import { FaultProxy } from '../../../fault-proxy/fault-proxy.ts';
import { fact, together, within } from '../../trial/finding.ts';
import type { Trial } from '../../trial/trial.ts';

const RECOVERY_MS = 10_000;

export const DATABASE_ABSENT: Trial = {
  promise: 'B9',
  says: 'A service whose database is not there at its start waits for it, alive',
  how: 'a replica is started with nobody at DATABASE_URL, asked, and then there is somebody',

  run: async (stage) => {
    const way = await FaultProxy.to(stage.database.serviceUrl);
    stage.later(() => way.close());
    await way.down();
    const replica = await stage.extra({ DATABASE_URL: way.url });
    const [live, ready, answer] = [
      await replica.manage('/health/live'),
      await replica.manage('/health/ready'),
      await replica.ask('/v1/products?limit=1'),
    ];
    await way.up();
    const readyMs = await replica.probed('/health/ready', 200, 2 * RECOVERY_MS);
    const well = await replica.ask('/v1/products?limit=1');
    return together([
      fact('before: live, ready, a list', `${live.status}, ${ready.status}, ${answer.status}`, '200, 503, 503'),
      within('ready after', readyMs, RECOVERY_MS),
      fact('then a list', well.status, 200),
    ]);
  },
};
