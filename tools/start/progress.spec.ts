import { describe, expect, it } from '@jest/globals';
import { Progress } from './progress.ts';

describe('progress', () => {
  const recording = () => {
    const lines: string[] = [];
    let nowMs = 0;
    return {
      lines,
      progress: new Progress(
        (text) => lines.push(text),
        () => (nowMs += 1_234),
      ),
    };
  };

  it('has one line per step, with its time and what the step says', async () => {
    const { lines, progress } = recording();

    const result = await progress.step(
      'build',
      () => Promise.resolve(12),
      (files) => `${files} files`,
    );

    expect(result).toBe(12);
    expect(lines).toEqual(['  build        1.2 s   12 files\n']);
  });

  it('has a line for what is only said', () => {
    const { lines, progress } = recording();

    progress.note('seed skipped');

    expect(lines).toEqual(['  seed skipped\n']);
  });

  it('has a line for a step that failed, and passes the error on', async () => {
    const { lines, progress } = recording();
    const failing = progress.step(
      'seed',
      () => Promise.reject(new Error('no')),
      () => 'done',
    );

    await expect(failing).rejects.toThrow('no');
    expect(lines).toEqual(['  seed         1.2 s   not done\n']);
  });
});
