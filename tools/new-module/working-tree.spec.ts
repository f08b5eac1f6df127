import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Refusal } from '../process/refusal.ts';
import { refuseChanges } from './working-tree.ts';

describe('a working tree', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'new-module-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const withGit = () => execFileSync('git', ['init', '--quiet'], { cwd: folder });
  const changed = () => writeFileSync(join(folder, 'changed.ts'), '');

  it('is clean, and taken', async () => {
    withGit();

    expect(await refuseChanges(folder, { force: false })).toBe('clean');
  });

  it('has changes, and is refused unless it is forced', async () => {
    withGit();
    changed();

    await expect(refuseChanges(folder, { force: false })).rejects.toBeInstanceOf(Refusal);
    expect(await refuseChanges(folder, { force: true })).toBe('dirty');
  });

  it('is none, where there is no Git', async () => {
    changed();

    expect(await refuseChanges(folder, { force: false })).toBe('no git');
  });
});
