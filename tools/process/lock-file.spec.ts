import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { parseHolder, tryLock, withLock } from './lock-file.ts';
import { processIdentity } from './process-identity.ts';
import { Refusal } from './refusal.ts';

/** Above the largest pid of any system that this runs on (Linux: 4,194,304). */
const DEAD_PID = 99_999_999;

describe('lock file', () => {
  let folder: string;
  let path: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lock-'));
    path = join(folder, 'nested', 'the.lock');
  });

  afterEach(() => rm(folder, { recursive: true }));

  const holdBy = async (holder: object) => {
    const { lock } = await tryLock(path, 'makes the folder');
    await lock?.release();
    await writeFile(path, JSON.stringify(holder));
  };

  it('is taken by the first and refused to the second, who learns who has it and what for', async () => {
    const first = await tryLock(path, 'npm start');

    const second = await tryLock(path, 'npm start again');

    expect(first.lock).not.toBeNull();
    expect(second).toMatchObject({ lock: null, holder: { pid: process.pid, purpose: 'npm start' } });
  });

  it('can be taken again once released, and leaves no other files', async () => {
    await (await tryLock(path, 'first')).lock?.release();

    const again = await tryLock(path, 'second');

    expect(again.lock).not.toBeNull();
    expect(await readdir(join(folder, 'nested'))).toEqual(['the.lock']);
  });

  it('is taken over from a process that is gone', async () => {
    await holdBy({ pid: DEAD_PID, identity: 'whatever', purpose: 'npm start' });

    expect((await tryLock(path, 'next')).lock).not.toBeNull();
  });

  it('is taken over when its pid belongs to another process by now', async () => {
    await holdBy({ pid: process.pid, identity: 'an earlier process', purpose: 'npm start' });

    expect((await tryLock(path, 'next')).lock).not.toBeNull();
  });

  it('is respected while its very process lives', async () => {
    await holdBy({ pid: process.ppid, identity: await processIdentity(process.ppid), purpose: 'npm start' });

    expect((await tryLock(path, 'next')).lock).toBeNull();
  });

  it('is taken over when its content makes no sense', async () => {
    await holdBy(['nonsense']);

    expect((await tryLock(path, 'next')).lock).not.toBeNull();
  });

  it('is not removed by a holder who lost it', async () => {
    const { lock } = await tryLock(path, 'first');
    await writeFile(path, 'of somebody else');

    await lock?.release();

    expect(await readFile(path, 'utf8')).toBe('of somebody else');
  });

  it('keeps work apart: the second waits for the first', async () => {
    const order: string[] = [];
    const options = { purpose: 'work', timeoutMs: 5_000 };
    const first = withLock(path, options, async () => {
      order.push('first begins');
      await new Promise(setImmediate);
      order.push('first ends');
    });

    await Promise.all([first, withLock(path, options, () => Promise.resolve(order.push('second')))]);

    expect(order.filter((entry) => entry !== 'second')).toEqual(['first begins', 'first ends']);
    expect(order.indexOf('second')).not.toBe(1);
  });

  it('gives up after its bound, and names the holder', async () => {
    await tryLock(path, 'npm start');

    const waiting = withLock(path, { purpose: 'next', timeoutMs: 0 }, () => Promise.resolve());

    await expect(waiting).rejects.toThrow(Refusal);
    await expect(waiting).rejects.toThrow(`process ${process.pid} (npm start)`);
  });

  it.each(['', '{', 'null', '[]', '{"pid":"7","identity":"x"}'])('reads no holder from %j', (text) => {
    expect(parseHolder(text)).toBeNull();
  });
});
