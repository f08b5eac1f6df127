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

  it('rejects when there is no such program', async () => {
    await expect(runProgram('/no/such/program', [], { timeoutMs: 1_000 })).rejects.toThrow('ENOENT');
  });
});
