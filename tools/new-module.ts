/** `npm run new:module -- reviews title:string`: a whole domain module in the shape of libs/modules/catalog. */
import { constants } from 'node:os';
import { resolve } from 'node:path';
import { runDocs } from './docs/run-docs.ts';
import { argumentsIn, USAGE } from './new-module/arguments.ts';
import { planGeneration } from './new-module/generate.ts';
import { nextSteps, remedyFor, summaryOf } from './new-module/report.ts';
import { asksForHelp } from './process/help.ts';
import { explain } from './process/refusal.ts';
import { Interrupted, watchForInterruption } from './start/interruption.ts';
import { Progress } from './start/progress.ts';

const checkout = resolve(import.meta.dirname, '..');

async function main(args: readonly string[], signal: AbortSignal): Promise<void> {
  const { request, dryRun, skipDocs, force } = argumentsIn(args);
  const progress = new Progress((text) => process.stdout.write(text));
  const generation = await planGeneration(checkout, request, { nowMs: Date.now(), force: force || dryRun });
  signal.throwIfAborted();
  const { created, changed, state } = generation;
  if (state === 'no git')
    progress.note('There is no Git here: nothing will tell apart what is written from what was there.');
  if (dryRun) {
    progress.note(`would write ${summaryOf(generation)}`);
    for (const { path } of [...created, ...changed]) process.stdout.write(`  ${path}\n`);
    return;
  }
  await progress.step('wrote', generation.write, () => summaryOf(generation));
  const remedy = remedyFor(request.name, state);
  // Also when nothing was written: an earlier run may have come no further.
  if (!skipDocs)
    await progress.step(
      'docs',
      () => runDocs(checkout, { remedy, signal }),
      () => 'are as the code is now',
    );
  if (created.length > 0) process.stdout.write(nextSteps(request.name, { skipDocs, state }));
}

// A reader that went away (`… | head`) is no reason to end half-way.
process.stdout.on('error', () => undefined);

const interruption = watchForInterruption();
try {
  const args = process.argv.slice(2);
  if (asksForHelp(args)) process.stdout.write(USAGE);
  else await main(args, interruption.signal);
} catch (error) {
  if (error instanceof Interrupted) {
    process.stderr.write(`${error.message} The same command again goes on from here.\n`);
    process.exitCode = 128 + constants.signals[error.signalName];
  } else {
    process.stderr.write(`${explain(error)}\n`);
    process.exitCode = 1;
  }
} finally {
  interruption.release();
}
