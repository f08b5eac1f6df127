import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Refusal } from './refusal.ts';
import { writingIn } from './writable-folder.ts';

/** The id of `nobody` on most systems; any that owns nothing here will do. */
const STRANGER = 65_534;

/** Runs as a user whom permissions bind: root may write anywhere. */
async function asOrdinaryUser<T>(work: () => Promise<T>): Promise<T> {
  if (process.geteuid?.() !== 0) return work();
  process.seteuid?.(STRANGER);
  try {
    return await work();
  } finally {
    process.seteuid?.(0);
  }
}

describe('writing in a folder', () => {
  let parent: string;

  beforeEach(async () => {
    parent = await mkdtemp(join(tmpdir(), 'writable-'));
  });

  afterEach(async () => {
    await chmod(parent, 0o755);
    await rm(parent, { recursive: true });
  });

  const write = (folder: string) => writingIn(folder, () => writeFile(join(folder, 'file'), 'text'));

  it('makes the folder first, with those above it', async () => {
    await write(join(parent, 'a', 'b'));

    expect(await readFile(join(parent, 'a', 'b', 'file'), 'utf8')).toBe('text');
  });

  it.each([
    ['takes no files', '.'],
    ['can not be made', '.data'],
  ])('is refused, by the name of the folder, when it %s', async (_, name) => {
    const folder = join(parent, name);
    await chmod(parent, 0o555);

    const attempt = asOrdinaryUser(() => write(folder));

    await expect(attempt).rejects.toThrow(Refusal);
    await expect(attempt).rejects.toThrow(`${folder} cannot be made or written to (EACCES)`);
  });

  it('fails as it is when something else is wrong', async () => {
    await writeFile(join(parent, 'file'), '');

    await expect(write(join(parent, 'file'))).rejects.toMatchObject({ code: 'EEXIST' });
  });
});
