import { field } from '../../stage/ask.ts';
import { fact, together, within } from '../../trial/finding.ts';
import type { Trial } from '../../trial/trial.ts';

/** The bound after a crash, and the machine's share. */
const END_MAX_MS = 10_000;
/** Node loads it before the service: the product has no route that crashes it. */
const FAULT = `process.on('SIGUSR2', () => Promise.reject(new Error('a planted fault')))`;
const PRELOAD = `--import=data:text/javascript,${encodeURIComponent(FAULT)}`;

/** Sabotages that this is for: a handler that swallows, and one that leaves a zombie. */
export const CRASH: Trial = {
  promise: 'B8',
  says: 'A rejection that nobody handles is logged with its stack, and ends the process in order',
  how: 'one is planted by a module that Node loads before the service (NODE_OPTIONS), at a signal',

  run: async (stage) => {
    const replica = await (await stage.extra({ NODE_OPTIONS: PRELOAD })).ready();
    const startedAtMs = performance.now();
    replica.signal('SIGUSR2');
    const how = await replica.ended;
    const tookMs = performance.now() - startedAtMs;
    const fatal = replica.logs.find(({ level }) => level === 'fatal');
    const last = replica.logs.at(-1);
    return together([
      fact('logged', `${fatal?.level} ${String(field(fatal?.['err'], 'message'))}`, 'fatal a planted fault'),
      fact('with stack', String(field(fatal?.['err'], 'stack')).includes('at '), true),
      fact('last line', last?.msg, 'stopped'),
      fact('ended with', how, 'code 1'),
      within('after', tookMs, END_MAX_MS),
    ]);
  },
};
