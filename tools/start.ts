/**
 * `npm start`: the store with everything that it needs, from one command. Builds, starts the embedded Postgres (or
 * uses DATABASE_URL), migrates, seeds what is embedded, runs the service, and takes all of it down at the first Ctrl-C.
 */
import { resolve } from 'node:path';
import { constants } from 'node:os';
import { parseArgs } from 'node:util';
import { explain } from './process/refusal.ts';
import { developmentEnvironment } from './start/environment.ts';
import { withIssuer } from './start/issuer.ts';
import { Interrupted, watchForInterruption } from './start/interruption.ts';
import { listenersOf } from './start/listeners.ts';
import { refuseTakenPorts } from './start/ports.ts';
import { Progress } from './start/progress.ts';
import { runStore } from './start/run-store.ts';
import { takeSession } from './start/session-lock.ts';

const checkout = resolve(import.meta.dirname, '..');

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { entry: { type: 'string' } } });
  const env = await developmentEnvironment(checkout, process.env);
  const listeners = listenersOf(env);
  const interruption = watchForInterruption();
  const session = await takeSession(checkout, 'npm start');
  try {
    await refuseTakenPorts(listeners);
    const progress = new Progress((text) => process.stdout.write(text));
    const trusting = await withIssuer(checkout, env);
    const entry = values.entry === undefined ? null : resolve(values.entry);
    return await runStore({ checkout, env: trusting, listeners, entry, progress, interruption });
  } catch (error) {
    // Called off before it was up: the shells' way of saying that a signal did it.
    if (error instanceof Interrupted) return 128 + constants.signals[error.signalName];
    throw error;
  } finally {
    await session.release();
    interruption.release();
  }
}

// A reader that went away (`npm start | head`) is no reason to leave the services behind.
process.stdout.on('error', () => undefined);

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`\n${explain(error)}\n`);
  process.exitCode = 1;
}
