import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Release } from './releases.js';

const FOLDER = 'dist/libs/modules/catalog/adapters/postgres/migrations';
/** Later than all: the last time of thirteen digits. */
const STAMP = '9999999999999';

/** What the migration adds. Code that was built before it has never heard of the column. */
export const EXPANSION = { name: `AddRehearsedAt${STAMP}`, column: 'rehearsed_at' };

const MIGRATION = `
export class ${EXPANSION.name} {
  name = '${EXPANSION.name}';
  up(runner) {
    return runner.query('ALTER TABLE catalog.products ADD COLUMN ${EXPANSION.column} timestamptz');
  }
  down(runner) {
    return runner.query('ALTER TABLE catalog.products DROP COLUMN ${EXPANSION.column}');
  }
}
`;

/**
 * Gives a built release one expanding migration more, which no older one knows: most commits have none of their own, and
 * a rehearsal on one and the same schema would show nothing.
 */
export async function expand({ root }: Release): Promise<void> {
  const folder = join(root, FOLDER);
  await readdir(folder); // a folder that has moved is an error, not an empty rehearsal
  await writeFile(join(folder, `${STAMP}-add-rehearsed-at.js`), MIGRATION);
}
