import { describe, expect, it } from '@jest/globals';
import { runProgram } from './run-program.ts';

const script = (code: string) => ['-e', code];

describe('running a program', () => {
  it('gives the code and both outputs', async () => {
    const args = script('console.log("out"); console.error("err"); process.exitCode = 3');

    const outcome = await runProgram(process.execPath, args, { timeoutMs: 10_000 });

    expect(outcome.code).toBe(3);
    expect(outcome.output.split('\n').sort()).toEqual(['err', 'out']);
  });

  it('ends it at the bound', async () => {
    const outcome = await runProgram(process.execPath, script('setInterval(() => {}, 1000)'), { timeoutMs: 100 });

    expect(outcome).toMatchObject({ code: null, timedOut: true });
  });

  it('ends it when it is called off, and rejects with the reason', async () => {
    const reason = new Error('called off');
    const controller = new AbortController();
    const running = runProgram(process.execPath, script('setInterval(() => {}, 1000)'), {
      timeoutMs: 10_000,
      signal: controller.signal,
    });

    controller.abort(reason);

    await expect(running).rejects.toBe(reason);
  });

  it('ends what the program has started as well, where that is asked for', async () => {
    const grandchild = 'setInterval(() => {}, 1000)';
    const starts = script(
      `require('child_process').spawn(process.execPath, ['-e', '${grandchild}'], { stdio: 'inherit' }); ${grandchild}`,
    );

    // It would not be over while the grandchild has its outputs.
    const outcome = await runProgram(process.execPath, starts, { timeoutMs: 1_000, withDescendants: true });

    expect(outcome).toMatchObject({ code: null, timedOut: true });
  });

  it('rejects when there is no such program', async () => {
    await expect(runProgram('/no/such/program', [], { timeoutMs: 1_000 })).rejects.toThrow('ENOENT');
  });
});
