/**
 * `npm run verify`: starts the built store as production runs it, breaks what it depends on, and prints what became of each
 * promise. The table goes to stdout, what happens meanwhile to stderr. Exit codes: see `tools/verify/options.ts`.
 */
import { constants } from 'node:os';
import { resolve } from 'node:path';
import { explain } from './process/refusal.ts';
import { Interrupted, watchForInterruption } from './start/interruption.ts';
import { optionsIn } from './verify/options.ts';
import { EXIT } from './verify/report/report.ts';
import { listing } from './verify/report/listing.ts';
import { verify } from './verify/verify.ts';

const checkout = resolve(import.meta.dirname, '..');

// A reader that went away (`npm run verify | head`) is no reason to leave the services behind.
process.stdout.on('error', () => undefined);

const interruption = watchForInterruption();
try {
  const options = optionsIn(process.argv.slice(2));
  if (options.list) process.stdout.write(listing(options.only));
  else process.exitCode = await verify({ checkout, options, interruption });
} catch (error) {
  // Called off: the shells' way of saying that a signal did it.
  if (error instanceof Interrupted) process.exitCode = 128 + constants.signals[error.signalName];
  else {
    process.stderr.write(`\n${explain(error)}\n`);
    process.exitCode = EXIT.untriable;
  }
} finally {
  interruption.release();
}
