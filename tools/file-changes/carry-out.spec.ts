import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Refusal } from '../process/refusal.ts';
import { carryOut } from './carry-out.ts';
import type { Change } from './change.ts';

describe('changes of a checkout', () => {
  let checkout: string;
  beforeEach(() => {
    checkout = mkdtempSync(join(tmpdir(), 'changes-'));
    for (const name of ['one', 'two', 'three']) writeFileSync(join(checkout, name), name);
  });
  afterEach(() => rmSync(checkout, { recursive: true }));

  const CHANGES: readonly Change[] = [
    { do: 'write', path: 'folder/new', text: 'new' },
    { do: 'write', path: 'one', text: 'changed' },
    { do: 'move', from: 'two', to: 'folder/two' },
    { do: 'remove', path: 'three' },
  ];
  const text = (path: string): string => readFileSync(join(checkout, path), 'utf8');

  it('are all done, and nothing is held back', async () => {
    await carryOut(checkout, CHANGES);

    expect([text('folder/new'), text('one'), text('folder/two')]).toEqual(['new', 'changed', 'two']);
    expect(existsSync(join(checkout, 'three'))).toBe(false);
    expect(readdirSync(join(checkout, '.data'))).toEqual([]);
  });

  it.each<Change>([
    { do: 'remove', path: 'nowhere' },
    { do: 'move', from: 'one', to: 'folder/two' },
    { do: 'write', path: 'folder', text: 'a folder is there' },
  ])('are all taken back when one fails: %j', async (impossible) => {
    await expect(carryOut(checkout, [...CHANGES, impossible])).rejects.toThrow(/is there already|ENOENT|EISDIR/);

    expect(['one', 'two', 'three'].map(text)).toEqual(['one', 'two', 'three']);
    expect(readdirSync(checkout).sort()).toEqual(['.data', 'one', 'three', 'two']);
    expect(readdirSync(join(checkout, '.data'))).toEqual([]);
  });

  it('are refused in words that name the change: a file lies where a folder would', async () => {
    const running = carryOut(checkout, [...CHANGES, { do: 'write', path: 'one/new', text: 'new' }]);

    await expect(running).rejects.toBeInstanceOf(Refusal);
    await expect(running).rejects.toThrow(/^Not written one\/new: E.* What was done before is taken back\.$/);
  });

  it('leave a folder that was there', async () => {
    mkdirSync(join(checkout, 'empty'));
    const changes: Change[] = [
      { do: 'write', path: 'empty/new', text: '' },
      { do: 'remove', path: 'nowhere' },
    ];

    await expect(carryOut(checkout, changes)).rejects.toThrow('nowhere');

    expect(readdirSync(join(checkout, 'empty'))).toEqual([]);
  });

  it('keep what goes where that is asked for, by its paths', async () => {
    await carryOut(checkout, CHANGES, { keepIn: '.data/removed-three' });

    expect(text('.data/removed-three/three')).toBe('three');
  });
});
