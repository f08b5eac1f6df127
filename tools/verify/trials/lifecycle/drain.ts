import { RowLock } from '../../../../test/system/support/row-lock.ts';
import { setTimeout as pause } from 'node:timers/promises';
import { EARLY_MS, PATIENT_DATABASE, SLACK_MS } from '../../stage/slack.ts';
import { atLeast, between, fact, together, within } from '../../trial/finding.ts';
import type { Trial } from '../../trial/trial.ts';
import { untilWaiting } from '../faults/waiting-statements.ts';
import { Clients, newcomerTo, untilClosed } from './clients.ts';

const CLIENTS = 8;
const DRAIN_DELAY_MS = 2_000;
const SHUTDOWN_MS = 10_000;
/** A balancer has not looked away yet: half the delay, so that a busy machine has a second to be late. */
const NEWCOMER_MS = 1_000;

/** Sabotages that this is for: an end without a drain, a drain without its delay. */
export const DRAIN: Trial = {
  promise: 'G2',
  says: 'A drain: at SIGTERM not ready first, then no new connections; what is in flight ends, exit 0; no request fails',
  how: 'one of two replicas ends under 8 keep-alive clients that go by readiness; new connections; a slow change in flight',

  run: async (stage) => {
    const { shop, database } = stage;
    const env = {
      ...PATIENT_DATABASE,
      REQUEST_TIMEOUT_MS: '9000',
      DRAIN_DELAY_MS: String(DRAIN_DELAY_MS),
      SHUTDOWN_TIMEOUT_MS: String(SHUTDOWN_MS),
    };
    const pair = await Promise.all([stage.extra(env), stage.extra(env)]);
    for (const replica of pair) await replica.ready();
    const [leaving] = pair;
    const product = await shop.draft(leaving);
    const lock = await RowLock.on(database.adminUrl, product.id);
    stage.later(() => lock.release());
    const clients = new Clients(pair, '/v1/products?limit=1', CLIENTS);
    stage.later(() => clients.stop());
    await clients.more(200);
    const slow = shop.rename(leaving, product, 'Slow mug').then(
      ({ status }) => String(status),
      (error: unknown) => String(error),
    );
    await untilWaiting(database, 1);
    const signalledAtMs = performance.now();
    leaving.signal('SIGTERM');
    await pause(NEWCOMER_MS);
    const newcomer = await newcomerTo(leaving);
    const closedMs = (await untilClosed(leaving, DRAIN_DELAY_MS + SLACK_MS)) - signalledAtMs;
    await lock.release();
    const [inFlight, how] = [await slow, await leaving.ended];
    const tookMs = performance.now() - signalledAtMs;
    await clients.more(100);
    await clients.stop();
    return together([
      fact('failed', [...new Set(clients.failures)].join() || 0, 0),
      atLeast('answered', clients.answered, 300),
      within('not ready after', clients.unreadySinceMs - signalledAtMs, SLACK_MS),
      fact(`a new connection after ${NEWCOMER_MS} ms`, newcomer, '200'),
      between('no new ones after', closedMs, DRAIN_DELAY_MS - EARLY_MS, DRAIN_DELAY_MS + SLACK_MS),
      fact('in flight', inFlight, '200'),
      fact('ended with', how, 'code 0'),
      within('after', tookMs, SHUTDOWN_MS),
    ]);
  },
};
