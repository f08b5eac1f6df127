/**
 * `npm run start:system`: what docker-compose.yml starts, as processes of this machine, without Docker. `-- --smoke` asks
 * the system whether all of it works together, stops it, and ends with 0 or 1.
 */
import { resolve } from 'node:path';
import { constants } from 'node:os';
import { parseArgs } from 'node:util';
import { explain } from './process/refusal.ts';
import { buildApp } from './start/build.ts';
import { Interrupted, type Interruption, watchForInterruption } from './start/interruption.ts';
import { Progress } from './start/progress.ts';
import { banner } from './start-system/banner.ts';
import { NAME_WIDTH, Output } from './start-system/output.ts';
import { PartFailed } from './start-system/part-failed.ts';
import { refuseForeignIssuer } from './start-system/smoke/checks.ts';
import { smoke } from './start-system/smoke.ts';
import { prepareSystem, type System } from './start-system/system.ts';

const checkout = resolve(import.meta.dirname, '..');
const print = (text: string): void => void process.stdout.write(text);

async function main(interruption: Interruption): Promise<number> {
  const { values } = parseArgs({ options: { smoke: { type: 'boolean', default: false } } });
  if (values.smoke) refuseForeignIssuer(process.env);
  const { signal } = interruption;
  const progress = new Progress(print, undefined, { nameWidth: NAME_WIDTH });
  for (const app of ['store', 'recommender'] as const) {
    await progress.step(
      `build ${app}`,
      () => buildApp(checkout, app, signal),
      (result) => result,
    );
  }
  // What a smoke test says is its table; of a process that failed, its last lines are told below.
  const output = new Output(values.smoke ? () => undefined : print);
  const system = await prepareSystem({ checkout, env: process.env, output, progress, signal });
  interruption.onSecond(() => system.kill());
  try {
    await system.start();
    if (values.smoke) return await smoke(system, AbortSignal.any([signal, system.failure]), print);
    print(banner(system));
    return await untilEnd(system, signal);
  } catch (error) {
    if (error instanceof PartFailed)
      process.stderr.write(`\nThe last lines of ${error.who}:\n${output.lastOf(error.who)}\n`);
    throw error;
  } finally {
    await system.stop();
    progress.note('stopped; nothing is left');
  }
}

/** 0 for whoever asks it to end. @throws the reason, when something ended by itself */
async function untilEnd({ failure }: System, signal: AbortSignal): Promise<number> {
  const either = AbortSignal.any([signal, failure]);
  if (!either.aborted) await new Promise((done) => either.addEventListener('abort', done, { once: true }));
  failure.throwIfAborted();
  return 0;
}

// A reader that went away (`npm run start:system | head`) is no reason to leave the services behind.
process.stdout.on('error', () => undefined);

const interruption = watchForInterruption();
try {
  process.exitCode = await main(interruption);
} catch (error) {
  // Called off before it was up: the shells' way of saying that a signal did it.
  if (error instanceof Interrupted) process.exitCode = 128 + constants.signals[error.signalName];
  else {
    process.stderr.write(`\n${explain(error)}\nAll that was started is stopped.\n`);
    process.exitCode = 1;
  }
} finally {
  interruption.release();
}
