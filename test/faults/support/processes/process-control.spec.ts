import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import { ProcessControl } from './process-control.js';

describe('process control', () => {
  let child: ChildProcessByStdio<Writable, Readable, null>;
  let control: ProcessControl;

  beforeEach(() => {
    child = spawn('cat', { stdio: ['pipe', 'pipe', 'ignore'] });
    control = ProcessControl.of(child);
  });

  afterEach(() => void child.kill('SIGKILL'));

  const echoed = async (word: string): Promise<string> => {
    const said = once(child.stdout, 'data') as Promise<[Buffer]>;
    child.stdin.write(word);
    return String((await said)[0]);
  };

  it('pauses a process, which then says nothing, and lets it go on', async () => {
    expect(await echoed('awake')).toBe('awake');

    await control.pause();
    const answer = echoed('asleep');
    const silence = new Promise((resolve) => setTimeout(resolve, 50, 'silence'));
    expect(await Promise.race([answer, silence])).toBe('silence');

    control.resume();
    expect(await answer).toBe('asleep');
  });

  it('kills a process, also one that is paused', async () => {
    await control.pause();
    await control.kill();

    expect(await once(child, 'exit')).toEqual([null, 'SIGKILL']);
  });

  it('has nothing to say to a process that is gone', async () => {
    child.kill('SIGKILL');
    await once(child, 'exit');

    await expect(control.pause()).resolves.toBeUndefined();
  });
});
