import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { isAlive } from '../process/process-identity.ts';
import { pollUntil } from '../process/wait.ts';
import { startChild, type End } from './child.ts';
import { Output } from './output.ts';

const END: End = { signal: 'SIGTERM', graceMs: 10_000 };
const { PATH } = process.env;

describe('a process of the system', () => {
  const startIn = (script: string, end: End = END) => {
    const lines: string[] = [];
    const said = Promise.withResolvers<void>();
    const output = new Output((text) => {
      lines.push(text);
      said.resolve();
    });
    const program = { command: 'sh', args: ['-c', script], env: { PATH, KNOWN: 'only this' }, cwd: '/' };
    return { child: startChild('part', program, end, output), lines, said: said.promise, output };
  };

  it('says what it says after its name, and how it ended', async () => {
    const { child, lines, output } = startIn('echo "$KNOWN $HOME."; echo oh >&2; exit 7');

    expect(await child.ended).toBe('code 7');
    expect([...lines].sort()).toEqual(['part                 | oh\n', 'part                 | only this .\n']);
    expect(output.lastOf('part').split('\n')).toHaveLength(2);
  });

  it('ends by the signal that docker-compose.yml names', async () => {
    const { child, said } = startIn('trap "exit 3" USR1; echo up; while :; do sleep 0.05; done', {
      ...END,
      signal: 'SIGUSR1',
    });
    await said;
    await child.stop();

    expect(await child.ended).toBe('code 3');
  });

  it('is killed, with what it has started, when its grace is over', async () => {
    const { child, said } = startIn('trap "" TERM; echo up; while :; do sleep 60; done', { ...END, graceMs: 200 });
    await said;
    await child.stop();

    expect(await child.ended).toBe('signal SIGKILL');
  });

  it('tells what is wrong when there is no such program', async () => {
    const program = { command: 'no-such-program', args: [], env: { PATH }, cwd: '/' };
    const output = new Output(() => undefined);

    expect(await startChild('part', program, END, output).ended).not.toBe('code 0');
  });

  // The kernel's word is Linux's.
  (process.platform === 'linux' ? it : it.skip)('does not outlive a tool that is killed', async () => {
    const tool = spawn(process.execPath, [join(import.meta.dirname, 'testing/start-sleeper.ts')], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = (await once(tool.stdout, 'data')) as [Buffer];
    const pid = Number(/pid (\d+)/.exec(line.toString())?.[1]);
    expect(await isAlive(pid)).toBe(true);
    tool.kill('SIGKILL');

    const gone = await pollUntil(async () => ((await isAlive(pid)) ? null : true), { timeoutMs: 10_000 });
    expect(gone).toBe(true);
  });
});
