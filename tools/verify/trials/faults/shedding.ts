import { RowLock } from '../../../../test/system/support/row-lock.ts';
import { toldBy } from '../../stage/ask.ts';
import { PATIENT_DATABASE, SLACK_MS } from '../../stage/slack.ts';
import { sumOf } from '../../stage/sum.ts';
import { fact, together, within } from '../../trial/finding.ts';
import type { Trial } from '../../trial/trial.ts';
import { untilNobodyWaits, untilWaiting } from './waiting-statements.ts';

const IN_FLIGHT_MAX = 5;
const TOO_MANY = 30;
const LIST = '/v1/products?limit=1';

/** Sabotage that this is for: a door that lets everybody in. */
export const SHEDDING: Trial = {
  promise: 'B7',
  says: 'Above its limit a replica refuses at once, while probes and metrics answer',
  how: '5 requests wait for a held table at a limit of 5, 30 more come; the probes; then the table is free',

  run: async (stage) => {
    const { database } = stage;
    const env = { ...PATIENT_DATABASE, SHED_IN_FLIGHT_MAX: String(IN_FLIGHT_MAX), REQUEST_TIMEOUT_MS: '11000' };
    const replica = await (await stage.extra(env)).ready();
    await replica.ask(LIST);
    const lock = await RowLock.onTable(database.adminUrl, 'catalog.products');
    const release = (): Promise<void> => lock.release();
    stage.later(release);
    const waiting = Promise.all(Array.from({ length: IN_FLIGHT_MAX }, () => replica.ask(LIST)));
    await untilWaiting(database, IN_FLIGHT_MAX);
    const more = await Promise.all(Array.from({ length: TOO_MANY }, () => replica.ask(LIST)));
    const [live, metrics] = [await replica.manage('/health/live'), await replica.metrics()];
    await release();
    const served = await waiting;
    await untilNobodyWaits(database);
    const refused = more.filter((answer) => toldBy(answer) === '503 platform.overloaded');
    return together([
      fact('refused', refused.length, TOO_MANY),
      fact('with Retry-After', more.filter(({ headers }) => headers.has('retry-after')).length, TOO_MANY),
      within('longest refusal', Math.max(...more.map(({ tookMs }) => tookMs)), SLACK_MS),
      fact('liveness', live.status, 200),
      fact('counted as shed', sumOf(metrics, 'http_server_requests_shed_total'), TOO_MANY),
      fact('served when free', served.filter(({ status }) => status === 200).length, IN_FLIGHT_MAX),
    ]);
  },
};
