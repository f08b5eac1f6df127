import { stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { Refusal } from '../process/refusal.ts';

/**
 * The folder whose `dist` is tried: the checkout, or that of another build. Built code finds itself and its packages by the
 * `package.json` and the `node_modules` beside `dist`.
 * @throws Refusal where one of them is missing
 */
export async function releaseOf(checkout: string, dist: string | null): Promise<string> {
  const folder = resolve(dist ?? join(checkout, 'dist'));
  if (basename(folder) !== 'dist') throw new Refusal(`${folder} must be called dist: package.json says so.`);
  const release = dirname(folder);
  for (const needed of ['dist/apps/store/src/main.js', 'package.json', 'node_modules']) {
    if (await stat(join(release, needed)).catch(() => null)) continue;
    throw new Refusal(`There is no ${needed} in ${release}. Without --dist and --no-build it is built first.`);
  }
  return release;
}
