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
  const { module, dryRun, dropSchema, skipDocs } = request;
  const { changes, remarks } = dropSchema
    ? await schemaDropOf(checkout, module, Date.now())
    : await removalOf(checkout, request, Date.now());
  const last = dropSchema || skipDocs ? [] : ['  then    npm run docs'];
  if (!dryRun) await carryOut(checkout, changes);
  const done = [...changes.map((change) => `  ${told(change)}`), ...last];
  process.stdout.write(`${[dryRun ? 'Would be done:' : 'Done:', ...done, ...remarks].join('\n')}\n`);
  if (skipDocs && !dropSchema) process.stdout.write('What is generated speaks of it until `npm run docs` has run.\n');
  if (!dryRun && last.length > 0) writeDocs(module);
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
