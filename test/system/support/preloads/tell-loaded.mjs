// Tells on stderr, at the end, which packages the process has loaded anything of, and how many files in all, and of our own.
import { writeSync } from 'node:fs';
import { registerHooks } from 'node:module';

const PACKAGE = /\/node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*\/node_modules\/)/;
const files = new Set();
registerHooks({
  load(url, context, nextLoad) {
    files.add(url);
    return nextLoad(url, context);
  },
});
process.on('exit', () => {
  const from = [...files].filter((url) => url.startsWith('file:')).map((url) => PACKAGE.exec(url)?.[1] ?? 'own');
  const own = from.filter((name) => name === 'own').length;
  writeSync(2, `loaded: ${JSON.stringify({ files: files.size, own, packages: [...new Set(from)].sort() })}\n`);
});
