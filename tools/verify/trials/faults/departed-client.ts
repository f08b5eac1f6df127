import { RowLock } from '../../../../test/system/support/row-lock.ts';
import { sumOf } from '../../stage/sum.ts';
import { PATIENT_DATABASE, SLACK_MS } from '../../stage/slack.ts';
import { fact, together, within } from '../../trial/finding.ts';
import type { Trial } from '../../trial/trial.ts';
import { untilNobodyWaits, untilWaiting } from './waiting-statements.ts';

const CLIENTS = 5;

export const DEPARTED_CLIENT: Trial = {
  promise: 'B3',
  says: 'Nothing runs for a client that has gone',
  how: '5 clients wait for a row that is held, and go away; pg_stat_activity, and the status 499 in /metrics',

  run: async (stage) => {
    const { shop, database } = stage;
    const replica = await (await stage.extra({ ...PATIENT_DATABASE, REQUEST_TIMEOUT_MS: '11000' })).ready();
    const product = await shop.draft(replica);
    const lock = await RowLock.on(database.adminUrl, product.id);
    stage.later(() => lock.release());
    const clients = new AbortController();
    const { signal } = clients;
    const asked = Array.from({ length: CLIENTS }, (_, n) => shop.rename(replica, product, `Mug ${n}`, { signal }));
    const left = Promise.allSettled(asked);
    await untilWaiting(database, CLIENTS);
    clients.abort();
    await left;
    const clearMs = await untilNobodyWaits(database);
    const counted = sumOf(await replica.settledMetrics(), 'http_server_request_duration_seconds_count', {
      status: '499',
    });
    return together([within('statements gone after', clearMs, SLACK_MS), fact('counted as 499', counted, CLIENTS)]);
  },
};
