import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { findMigrationFiles, loadMigrations } from './migration-folders.js';

const migration = (name: string): string => `export class ${name} { async up() {} async down() {} }`;

describe('a folder of migrations', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'migrations-'));
  });

  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  const write = (name: string, text = ''): Promise<void> => writeFile(join(folder, name), text);

  it('gives its migrations by name, sources and built ones alike, and nothing else', async () => {
    const others = ['index.ts', '1763800000000-a.d.ts', '1763800000000-a.spec.ts', '1763800000000-a.js.map', '17-b.ts'];
    await Promise.all([...others, '1763800000002-built.js', '1763800000001-source.ts'].map((name) => write(name)));

    const files = await findMigrationFiles(folder);

    expect(files.map((file) => basename(file))).toEqual(['1763800000001-source.ts', '1763800000002-built.js']);
  });

  it('loads the classes in the order of their time stamps', async () => {
    await write('1763800000002-later.ts', migration('Later1763800000002'));
    await write('1763800000001-sooner.ts', migration('Sooner1763800000001'));

    const classes = await loadMigrations([folder]);

    expect(classes.map(({ name }) => name)).toEqual(['Sooner1763800000001', 'Later1763800000002']);
  });

  it.each([
    ['no migration', 'export const nothing = 1;'],
    ['two migrations', migration('A1763800000001') + migration('B1763800000001')],
    ['a migration of another time stamp', migration('A1763800000009')],
  ])('refuses a file with %s', async (_, text) => {
    await write('1763800000001-a.ts', text);
    await expect(loadMigrations([folder])).rejects.toThrow(/1763800000001-a\.ts must export one migration/);
  });
});
