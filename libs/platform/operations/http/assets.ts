import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Asset {
  readonly path: string;
  readonly type: string;
  readonly content: Buffer;
}

const FOLDER = join(import.meta.dirname, '../page/assets');

const TYPES: Readonly<Record<string, string>> = {
  'page.css': 'text/css; charset=utf-8',
  'page.js': 'text/javascript; charset=utf-8',
  'icon.svg': 'image/svg+xml',
};

/**
 * The files that the page loads, read once. The build copies them (nest-cli.json).
 * @throws Error when one is missing: better no start than a page without its style at night
 */
export const readAssets = (): readonly Asset[] =>
  Object.entries(TYPES).map(([name, type]) => ({
    path: `/operations/${name}`,
    type,
    content: readFileSync(join(FOLDER, name)),
  }));
