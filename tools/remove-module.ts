/** `npm run remove:module -- reviews`: takes a domain module out again, with all that lies outside of its folder. */
import { constants } from 'node:os';
import { resolve } from 'node:path';
import { runDocs } from './docs/run-docs.ts';
import { carryOut } from './file-changes/carry-out.ts';
import { told } from './file-changes/change.ts';
import { asksForHelp } from './process/help.ts';
import { explain } from './process/refusal.ts';
import { removalOf } from './remove-module/removal.ts';
import { removalRequestIn, USAGE } from './remove-module/request.ts';
import { schemaDropOf } from './remove-module/schema-drop.ts';
import { Interrupted, watchForInterruption } from './start/interruption.ts';
import { Progress } from './start/progress.ts';

const checkout = resolve(import.meta.dirname, '..');

async function main(args: readonly string[], signal: AbortSignal): Promise<void> {
  const request = removalRequestIn(args);
  const { module, dryRun, dropSchema, skipDocs } = request;
  const { changes, keptIn, remarks } = dropSchema
    ? await schemaDropOf(checkout, module, Date.now())
    : await removalOf(checkout, request, Date.now());
  const last = dropSchema || skipDocs ? [] : ['  then    npm run docs'];
  signal.throwIfAborted();
  if (!dryRun) await carryOut(checkout, changes, { keepIn: keptIn });
  const done = [...changes.map((change) => `  ${told(change)}`), ...last];
  process.stdout.write(`${[dryRun ? 'Would be done:' : 'Done:', ...done, ...remarks].join('\n')}\n`);
  if (skipDocs && !dropSchema) process.stdout.write('What is generated speaks of it until `npm run docs` has run.\n');
  if (!dryRun && last.length > 0) await writeDocs(module, signal);
}

/** The build that it makes is also the one without what was removed. */
async function writeDocs(module: string, signal: AbortSignal): Promise<void> {
  const remedy = `${module} is removed: run \`npm run docs\` again when that is mended.`;
  await new Progress((text) => process.stdout.write(text)).step(
    'docs',
    () => runDocs(checkout, { remedy, signal }),
    () => 'are as the code is now',
  );
}

const interruption = watchForInterruption();
try {
  const args = process.argv.slice(2);
  if (asksForHelp(args)) process.stdout.write(`${USAGE}\n`);
  else await main(args, interruption.signal);
} catch (error) {
  if (error instanceof Interrupted) {
    process.stderr.write(
      `${error.message} If changes are listed above, they are made: \`npm run docs\` is what is left.\n`,
    );
    process.exitCode = 128 + constants.signals[error.signalName];
  } else {
    process.stderr.write(`${explain(error)}\n`);
    process.exitCode = 1;
  }
} finally {
  interruption.release();
}
