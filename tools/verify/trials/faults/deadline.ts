import { RowLock } from '../../../../test/system/support/row-lock.ts';
import { toldBy } from '../../stage/ask.ts';
import { EARLY_MS, PATIENT_DATABASE, SLACK_MS } from '../../stage/slack.ts';
import { between, fact, together, within } from '../../trial/finding.ts';
import type { Trial } from '../../trial/trial.ts';
import { untilNobodyWaits } from './waiting-statements.ts';

/** Far below the bounds of the database in this trial. */
const DEADLINE_MS = 2_000;
const CALLERS_MS = 600;
const GONE = 'platform.deadline-exceeded';

/** Sabotages that this is for: a deadline that nobody keeps, one that comes too early, and one that answers and lets the statement run. */
export const DEADLINE: Trial = {
  promise: 'B3',
  says: 'At its deadline a request is answered by 504, and its statement ends on the server',
  timeoutMs: 60_000, // where nobody keeps the deadline, two statements wait for the bound of the database
  how: 'a row is held, and changed: with a deadline of 2 s, and with 600 ms left of the caller; pg_stat_activity',

  run: async (stage) => {
    const { shop, database } = stage;
    const env = { ...PATIENT_DATABASE, REQUEST_TIMEOUT_MS: String(DEADLINE_MS), TRUST_PROXY: '127.0.0.1' };
    const replica = await (await stage.extra(env)).ready();
    const product = await shop.draft(replica);
    const lock = await RowLock.on(database.adminUrl, product.id);
    stage.later(() => lock.release());
    const own = await shop.rename(replica, product, 'Late mug');
    const ownClearMs = await untilNobodyWaits(database);
    const headers = { 'x-request-timeout-ms': String(CALLERS_MS) };
    const callers = await shop.rename(replica, product, 'Later mug', { headers });
    const callersClearMs = await untilNobodyWaits(database);
    return together([
      fact('answers', `${toldBy(own)}, ${toldBy(callers)}`, `504 ${GONE}, 504 ${GONE}`),
      between('its own', own.tookMs, DEADLINE_MS - EARLY_MS, DEADLINE_MS + SLACK_MS),
      between("the caller's", callers.tookMs, CALLERS_MS - EARLY_MS, CALLERS_MS + SLACK_MS),
      within('statements gone after', Math.max(ownClearMs, callersClearMs), SLACK_MS),
    ]);
  },
};
