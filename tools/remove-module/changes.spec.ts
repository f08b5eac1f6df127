import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { carryOut, type Change } from './changes.ts';

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
    expect(existsSync(join(checkout, 'folder/new'))).toBe(false);
    expect(readdirSync(join(checkout, '.data'))).toEqual([]);
  });
});
