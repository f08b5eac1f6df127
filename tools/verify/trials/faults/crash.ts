import { RowLock } from '../../../../test/system/support/row-lock.ts';
import { pollUntil } from '../../../process/wait.ts';
import { field } from '../../stage/ask.ts';
import type { Replica } from '../../stage/replica.ts';
import { PATIENT_DATABASE } from '../../stage/slack.ts';
import type { Stage } from '../../stage/stage.ts';
import { sumOf } from '../../stage/sum.ts';
import { type Fact, fact, together, within } from '../../trial/finding.ts';
import type { Trial } from '../../trial/trial.ts';
import { untilWaiting } from './waiting-statements.ts';

/** The bound after a crash, and the machine's share. */
const END_MAX_MS = 10_000;
const COUNTED_MS = 3_000;
/** Node loads it before the service: the product has no route that crashes it. */
const FAULTS = `
  process.on('SIGUSR2', () => Promise.reject(new Error('a planted fault')));
  process.on('SIGHUP', () => setImmediate(() => { throw new Error('a planted fault') }));`;
const PRELOAD = `--import=data:text/javascript,${encodeURIComponent(FAULTS)}`;

/** Sabotages that this is for: a handler that swallows, one that leaves a zombie, one that is not there, one that counts nothing. */
export const CRASH: Trial = {
  promise: 'B8',
  says: 'An error that nobody handles is logged with its stack, counted, and ends the process in order',
  how: 'a rejection and an exception are planted by a module that Node loads first (NODE_OPTIONS), with a change in flight',

  run: async (stage) => {
    const env = { ...PATIENT_DATABASE, NODE_OPTIONS: PRELOAD };
    const [first, second] = await Promise.all([stage.extra(env), stage.extra(env)]);
    return together([
      ...(await crashed(stage, await first.ready(), 'SIGUSR2', 'unhandledRejection')),
      ...(await crashed(stage, await second.ready(), 'SIGHUP', 'uncaughtException')),
    ]);
  },
};

/** What is in flight keeps the process, so that the metric can be read before the end. */
async function crashed(
  stage: Stage,
  replica: Replica,
  signal: NodeJS.Signals,
  reason: string,
): Promise<readonly Fact[]> {
  const { shop, database } = stage;
  const product = await shop.draft(replica);
  const lock = await RowLock.on(database.adminUrl, product.id);
  stage.later(() => lock.release());
  const inFlight = shop.rename(replica, product, 'Slow mug').then(
    ({ status }) => String(status),
    (error: unknown) => String(error),
  );
  await untilWaiting(database, 1);
  const startedAtMs = performance.now();
  replica.signal(signal);
  const counted = await pollUntil(
    async () => sumOf(await replica.metrics(), 'process_unhandled_errors_total', { reason }) || null,
    { timeoutMs: COUNTED_MS },
  ).catch(() => 'nothing: it has gone');
  await lock.release();
  const how = await replica.ended;
  const tookMs = performance.now() - startedAtMs;
  const fatal = replica.logs.find(({ level }) => level === 'fatal');
  return [
    fact(reason, `${fatal?.level} ${String(field(fatal?.['err'], 'message'))}`, 'fatal a planted fault'),
    fact('with stack', String(field(fatal?.['err'], 'stack')).includes('at '), true),
    fact('counted', counted, 1),
    fact('in flight', await inFlight, '200'),
    fact('last line', replica.logs.at(-1)?.msg, 'stopped'),
    fact('ended with', how, 'code 1'),
    within('after', tookMs, END_MAX_MS),
  ];
}
