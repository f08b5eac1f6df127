import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Refusal } from '../process/refusal.ts';
import { isOwnCode, projectFiles } from './project-files.ts';

describe('the files of the project', () => {
  let folder: string;
  const git = (...args: string[]) => execFileSync('git', args, { cwd: folder });

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'files-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('are those that are tracked and those that the next commit could take, but not what is ignored or gone', async () => {
    git('init', '--quiet');
    const names = ['.gitignore', 'tracked', 'gone', 'new', 'ignored'];
    for (const name of names) await writeFile(join(folder, name), name === '.gitignore' ? 'ignored\n' : '');
    git('add', 'tracked', 'gone');
    await rm(join(folder, 'gone'));

    expect([...(await projectFiles(folder))].sort()).toEqual(['.gitignore', 'new', 'tracked']);
  });

  it('are unknown outside a checkout', async () => {
    await expect(projectFiles(join(folder, 'nowhere'))).rejects.toThrow(Refusal);
  });

  it.each([
    ['libs/kernel/clock.ts', true],
    ['apps/store/src/main.ts', true],
    ['tools/carried-node.cjs', true],
    ['libs/kernel/clock.spec.ts', false],
    ['libs/modules/catalog/testing/product.builder.ts', false],
    ['test/system/catalog/some.ts', false],
    ['libs/kernel/README.md', false],
  ])('are our own code or not: %s %j', (file, own) => {
    expect(isOwnCode(file)).toBe(own);
  });
});
