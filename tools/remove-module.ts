/** `npm run remove:module -- reviews`: takes a domain module out again, with all that lies outside of its folder. */
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { explain, Refusal } from './process/refusal.ts';
import { carryOut, told } from './remove-module/changes.ts';
import { removalOf } from './remove-module/removal.ts';
import { removalRequestIn } from './remove-module/request.ts';
import { schemaDropOf } from './remove-module/schema-drop.ts';

const checkout = resolve(import.meta.dirname, '..');

async function main(): Promise<void> {
  const request = removalRequestIn(process.argv.slice(2));
  const { changes, remarks } = request.dropSchema
    ? await schemaDropOf(checkout, request.module, Date.now())
    : await removalOf(checkout, request, Date.now());
  if (!request.dryRun) await carryOut(checkout, changes);
  const lines = [
    request.dryRun ? 'Would be done:' : 'Done:',
    ...changes.map((change) => `  ${told(change)}`),
    ...remarks,
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
  if (request.dryRun || request.dropSchema) return;
  if (request.skipDocs) process.stdout.write('What is generated speaks of it until `npm run docs` has run.\n');
  else writeDocs(request.module);
}

/** The build that it makes is also the one without what was removed. */
function writeDocs(module: string): void {
  const { status } = spawnSync('npm', ['run', 'docs'], {
    cwd: checkout,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status !== 0)
    throw new Refusal(`${module} is removed, but \`npm run docs\` failed: run it again when that is mended.`);
}

try {
  await main();
} catch (error) {
  process.stderr.write(`${explain(error)}\n`);
  process.exitCode = 1;
}
