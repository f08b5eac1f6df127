import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Release } from './releases.js';

const FOLDER = 'dist/libs/modules/catalog/adapters/postgres/migrations';
/** Later than all: the last time of thirteen digits. */
const STAMP = '9999999999999';

/**
 * Gives a built release one migration more, which no older one knows: most commits have none of their own.
 * @param statements of its one transaction
 * @returns the migration's name
 */
export async function plantMigration({ root }: Release, what: string, statements: readonly string[]): Promise<string> {
  const name = `${what}${STAMP}`;
  const folder = join(root, FOLDER);
  await readdir(folder); // a folder that has moved is an error, not an empty rehearsal
  const calls = statements.map((sql) => `    await runner.query(${JSON.stringify(sql)});`);
  const source = [
    `export class ${name} {`,
    `  name = '${name}';`,
    '  async up(runner) {',
    ...calls,
    '  }',
    '  async down() {}',
    '}',
  ];
  await writeFile(join(folder, `${STAMP}-planted.js`), source.join('\n'));
  return name;
}
