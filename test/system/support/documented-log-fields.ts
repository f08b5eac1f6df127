import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const GUIDE = resolve(import.meta.dirname, '../../../docs/guides/logging.md');
const ROW = /^\| ((?:`\w+`(?:, )?)+) \| (string|number|object) \|/gm;

/** The fields that docs/guides/logging.md tells of, and their types. */
export const documentedLogFields = (): ReadonlyMap<string, string> =>
  new Map(
    [...readFileSync(GUIDE, 'utf8').matchAll(ROW)].flatMap(([, names = '', type = '']) =>
      [...names.matchAll(/\w+/g)].map(([name]): [string, string] => [name, type]),
    ),
  );
