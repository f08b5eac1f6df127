import { RowLock } from '../../../../test/system/support/row-lock.ts';
import { EARLY_MS, PATIENT_DATABASE, SLACK_MS } from '../../stage/slack.ts';
import { between, fact, together } from '../../trial/finding.ts';
import type { Trial } from '../../trial/trial.ts';
import { untilWaiting } from '../faults/waiting-statements.ts';

const SHUTDOWN_MS = 2_000;

/** Sabotages that this is for: a drain that waits for ever, and one that says it went well. */
export const SHUTDOWN_BOUND: Trial = {
  promise: 'G2',
  says: 'A drain has a bound: what is not over by then is cut, and the exit code tells of it',
  how: 'SIGTERM with SHUTDOWN_TIMEOUT_MS=2000 while a change waits for a row that is held for longer',

  run: async (stage) => {
    const { shop, database } = stage;
    const env = { ...PATIENT_DATABASE, REQUEST_TIMEOUT_MS: '11000', SHUTDOWN_TIMEOUT_MS: String(SHUTDOWN_MS) };
    const replica = await (await stage.extra(env)).ready();
    const product = await shop.draft(replica);
    const lock = await RowLock.on(database.adminUrl, product.id);
    stage.later(() => lock.release());
    const slow = shop.rename(replica, product, 'Slow mug').then(
      ({ status }) => String(status),
      () => 'cut',
    );
    await untilWaiting(database, 1);
    const signalledAtMs = performance.now();
    replica.signal('SIGTERM');
    const how = await replica.ended;
    const tookMs = performance.now() - signalledAtMs;
    const told = replica.logs.some(({ msg }) => msg?.startsWith('shutdown abandoned'));
    return together([
      fact('ended with', how, 'code 1'),
      between('after', tookMs, SHUTDOWN_MS - EARLY_MS, SHUTDOWN_MS + SLACK_MS),
      fact('in flight', await slow, 'cut'),
      fact('logged', told, true),
    ]);
  },
};
