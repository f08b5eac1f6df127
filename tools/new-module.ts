/** `npm run new:module -- reviews title:string`: a whole domain module in the shape of libs/modules/catalog. */
import { resolve } from 'node:path';
import { argumentsIn } from './new-module/arguments.ts';
import { generate, type Generated } from './new-module/generate.ts';
import { refuseChanges } from './new-module/working-tree.ts';
import { writeDocs } from './new-module/write-docs.ts';
import { explain } from './process/refusal.ts';
import { Progress } from './start/progress.ts';

const checkout = resolve(import.meta.dirname, '..');

async function main(): Promise<void> {
  const { request, dryRun, skipDocs, force } = argumentsIn(process.argv.slice(2));
  const progress = new Progress((text) => process.stdout.write(text));
  const state = await refuseChanges(checkout, { force: force || dryRun });
  if (state === 'no git')
    progress.note('There is no Git here: nothing will tell apart what is written from what was there.');
  const { created, changed } = await progress.step(
    dryRun ? 'would write' : 'wrote',
    () => generate(checkout, request, { dryRun }),
    (generated) => summaryOf(generated),
  );
  if (dryRun) for (const path of [...created, ...changed]) process.stdout.write(`  ${path}\n`);
  if (dryRun || created.length + changed.length === 0) return;
  if (!skipDocs)
    await progress.step(
      'docs',
      () => writeDocs(checkout, request.name),
      () => 'are as the code is now',
    );
  process.stdout.write(nextSteps(request.name, { skipDocs }));
}

// A reader that went away (`… | head`) is no reason to end half-way.
process.stdout.on('error', () => undefined);

const summaryOf = ({ created, changed }: Generated): string =>
  created.length + changed.length === 0
    ? 'nothing: the module is there as it would be written'
    : `${created.length} files, and a line in ${changed.join(', ')}`;

const nextSteps = (name: string, { skipDocs }: { skipDocs: boolean }): string => `
Next:${skipDocs ? '\n  npm run docs                       the documentation takes it in' : ''}
  npm run check                      types, lint, walls, supply chain and all tests
  npm start                          the store with it; /docs shows its routes
  npm run token -- --sub you --scope '${name}:read ${name}:write'
It decides little so far: docs/guides/adding-a-module.md says which file is for what.
To take it away again: npm run remove:module -- ${name}
`;

try {
  await main();
} catch (error) {
  process.stderr.write(`${explain(error)}\n`);
  process.exitCode = 1;
}
