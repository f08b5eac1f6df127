import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { releaseOf } from './release.ts';

describe('the release that is tried', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'release-'));
    await mkdir(join(folder, 'dist/apps/store/src'), { recursive: true });
    await writeFile(join(folder, 'dist/apps/store/src/main.js'), '');
    await writeFile(join(folder, 'package.json'), '{}');
  });

  afterEach(() => rm(folder, { recursive: true }));

  it('is the folder of a build, with its packages', async () => {
    await mkdir(join(folder, 'node_modules'));

    expect(await releaseOf('/elsewhere', join(folder, 'dist'))).toBe(folder);
    expect(await releaseOf(folder, null)).toBe(folder);
  });

  it('is refused without its packages, by the name of what is missing', async () => {
    await expect(releaseOf('/elsewhere', join(folder, 'dist'))).rejects.toThrow(/no node_modules in/);
  });

  it('is refused by another name than dist, by which package.json knows it', async () => {
    await expect(releaseOf('/elsewhere', join(folder, 'build'))).rejects.toThrow(/must be called dist/);
  });
});
