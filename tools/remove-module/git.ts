import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { Refusal } from '../process/refusal.ts';

const GIT_TIMEOUT_MS = 30_000;
const GIT_BYTES_MAX = 16 * 1024 * 1024;

/** @throws Refusal with Git's words */
async function git(checkout: string, ...args: string[]): Promise<string> {
  const options = { cwd: checkout, timeout: GIT_TIMEOUT_MS, maxBuffer: GIT_BYTES_MAX };
  const { stdout } = await promisify(execFile)('git', args, options).catch((error: unknown) => {
    throw new Refusal(`git ${args[0]} failed: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  });
  return stdout;
}

/** Files that differ from the last commit, or are in none. */
export async function changedFiles(checkout: string): Promise<string[]> {
  const status = await git(checkout, 'status', '--porcelain', '--no-renames', '--untracked-files=all', '-z');
  return status
    .split('\0')
    .filter(Boolean)
    .map((entry) => entry.slice('XY '.length));
}

/** Those of these files that some commit of this repository has, of any branch or tag: somebody may have run them. */
export async function everCommitted(checkout: string, files: readonly string[]): Promise<string[]> {
  const commits = await Promise.all(
    files.map((file) => git(checkout, 'log', '-1', '--all', '--format=%H', '--', file)),
  );
  return files.filter((_, index) => commits[index] !== '');
}

/** Whether the last commit has a file. */
export const isInHead = async (checkout: string, file: string): Promise<boolean> =>
  (await git(checkout, 'ls-tree', '--name-only', 'HEAD', '--', file)) !== '';
