/**
 * `npm run bundle`: the build's own files put together in `bundle/`, as the image has them. Needs the build.
 */
import { resolve } from 'node:path';
import { bundle } from './bundle/bundle.ts';
import { explain } from './process/refusal.ts';

const checkout = resolve(import.meta.dirname, '..');

try {
  const { before, after } = await bundle(resolve(checkout, 'dist'), resolve(checkout, 'bundle'));
  process.stdout.write(`${before} files are ${after} in bundle/.\n`);
} catch (error) {
  process.stderr.write(`\n${explain(error)}\n`);
  process.exitCode = 1;
}
