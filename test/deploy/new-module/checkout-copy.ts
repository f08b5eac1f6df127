import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { runProgram, type Outcome } from '../../../tools/process/run-program.ts';
import { ROOT } from '../../system/support/spawn-service.js';

const GIT = { timeout: 30_000, maxBuffer: 16 * 1024 * 1024 };
const AUTHOR = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com', '-c', 'commit.gpgsign=false'];

const git = async (folder: string, args: readonly string[]): Promise<string> =>
  (await promisify(execFile)('git', args, { ...GIT, cwd: folder })).stdout;

/** This checkout as it is now, committed or not, in a folder and a repository of its own, where all of it is committed. */
export class CheckoutCopy {
  private constructor(readonly path: string) {}

  static async make(): Promise<CheckoutCopy> {
    const copy = new CheckoutCopy(await mkdtemp(join(tmpdir(), 'mainstay-copy-')));
    const files = await git(ROOT, ['ls-files', '-z', '--cached', '--others', '--exclude-standard']);
    // What git knows and somebody has deleted is not there to be copied.
    for (const file of files.split('\0').filter((each) => each !== '' && existsSync(join(ROOT, each)))) {
      await cp(join(ROOT, file), join(copy.path, file));
    }
    await symlink(join(ROOT, 'node_modules'), join(copy.path, 'node_modules'));
    await copy.git('init', '--quiet');
    await copy.commitAll('A copy');
    return copy;
  }

  git(...args: readonly string[]): Promise<string> {
    return git(this.path, args);
  }

  async commitAll(message: string): Promise<void> {
    await this.git('add', '--all');
    await this.git(...AUTHOR, 'commit', '--quiet', '--message', message);
  }

  /** What differs from the last commit, one path a line, each file of a new folder by its name. */
  async changes(): Promise<readonly string[]> {
    const status = await this.git('status', '--porcelain', '--untracked-files=all');
    return status.split('\n').filter((line) => line !== '');
  }

  /** An npm script, with its exit code and the end of what it printed. */
  run(script: string, args: readonly string[], timeoutMs: number): Promise<Outcome> {
    // A run of tests in here names its own templates, and drops them at its end: those of the run around it must stay.
    const { TEST_TEMPLATE_PREFIX: _, ...env } = process.env;
    const bounds = { cwd: this.path, env, timeoutMs, withDescendants: true };
    return runProgram('npm', ['run', script, '--', ...args], bounds);
  }

  /** What an npm script printed. @throws Error with that, when it fails or was ended at the bound */
  async succeed(script: string, args: readonly string[], timeoutMs: number): Promise<string> {
    const { code, timedOut, output } = await this.run(script, args, timeoutMs);
    const end = timedOut ? `was ended after ${timeoutMs} ms` : `ended with ${code}`;
    if (code !== 0) throw new Error(`npm run ${script} ${args.join(' ')} ${end}:\n${output}`);
    return output;
  }

  /** A program of a package, by the Node that runs this. */
  program(file: string, args: readonly string[], timeoutMs: number): Promise<Outcome> {
    const env = { ...process.env, NODE_PATH: '.' };
    const all = [join(this.path, 'node_modules', file), ...args];
    return runProgram(process.execPath, all, { cwd: this.path, env, timeoutMs });
  }

  remove(): Promise<void> {
    return rm(this.path, { recursive: true, force: true });
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.remove();
  }
}
