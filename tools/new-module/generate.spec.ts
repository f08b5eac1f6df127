import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Refusal } from '../process/refusal.ts';
import { COMPOSITION_ROOT } from './composition-root.ts';
import { planGeneration } from './generate.ts';
import { aCheckout, NOW_MS } from './testing/checkout-tree.ts';

/** Each test makes a module, one of them three times: seconds, and tens of seconds on a busy machine. */
const TIMEOUT_MS = 180_000;
const REQUEST = { name: 'reviews', fields: ['title:string'], singular: null };

jest.setTimeout(TIMEOUT_MS);

describe('a module in a checkout', () => {
  let checkout: string;
  beforeEach(() => {
    checkout = mkdtempSync(join(tmpdir(), 'generate-'));
    write(COMPOSITION_ROOT, aCheckout().read(COMPOSITION_ROOT) ?? '');
    write('.gitignore', '.data/\n');
    git('init', '--quiet');
    git('add', '--all');
    git('-c', 'user.name=test', '-c', 'user.email=test@example.org', 'commit', '--quiet', '--message', 'x');
  });
  afterEach(() => rmSync(checkout, { recursive: true }));

  const git = (...args: string[]) => execFileSync('git', args, { cwd: checkout, encoding: 'utf8' });
  const status = () => git('status', '--porcelain', '--untracked-files=all');
  const plan = (fields = REQUEST.fields, force = false) =>
    planGeneration(checkout, { ...REQUEST, fields }, { nowMs: NOW_MS, force });
  function write(path: string, text: string): void {
    mkdirSync(join(checkout, dirname(path)), { recursive: true });
    writeFileSync(join(checkout, path), text);
  }

  it('is written, and asked for again in the same words it changes nothing: the tree may be dirty by the first run', async () => {
    const { created, write: writeAll } = await plan();
    await writeAll();
    const after = status();

    const again = await planGeneration(checkout, REQUEST, { nowMs: NOW_MS + 1, force: false });

    expect(after.trimEnd().split('\n')).toHaveLength(created.length + 1);
    expect([again.created, again.changed]).toEqual([[], []]);
    await again.write();
    expect(status()).toBe(after);
    await expect(plan(['title:text'])).rejects.toThrow('There is a module reviews already');
  });

  it('is refused in a dirty tree before anything is written, and taken when that is forced', async () => {
    write('libs/mine.ts', '');

    await expect(plan()).rejects.toThrow('There are changes that are not committed');
    expect((await plan(REQUEST.fields, true)).state).toBe('dirty');
  });

  it('leaves nothing when one file of it can not be written', async () => {
    mkdirSync(join(checkout, 'docs/runbooks/alerts/ReviewsFailing.md'), { recursive: true });
    const { write: writeAll } = await plan();

    const written = writeAll();

    await expect(written).rejects.toBeInstanceOf(Refusal);
    await expect(written).rejects.toThrow('Not written docs/runbooks/alerts/ReviewsFailing.md: EISDIR');
    expect(status()).toBe('');
  });
});
