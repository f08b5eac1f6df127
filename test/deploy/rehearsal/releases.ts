import { cp, mkdir, mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runProgram } from '../../../tools/process/run-program.ts';
import { ROOT } from '../../system/support/spawn-service.js';

const GIT_TIMEOUT_MS = 30_000;
/** Both apps, on a busy machine; alone they take ten seconds. */
const BUILD_TIMEOUT_MS = 180_000;
const INSTALL_TIMEOUT_MS = 300_000;

/** A built version of the services in a folder of its own. */
export interface Release {
  /** `git describe`, or what else it is called. */
  readonly name: string;
  readonly root: string;
}

/** A folder for releases, and its end. */
export async function releasesFolder(): Promise<{ readonly path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'mainstay-releases-'));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

/**
 * What is deployed before this checkout: the commit or tag that REHEARSE_FROM names; else the latest tag of a version
 * before HEAD; else the commit before HEAD. A clone of depth 1 has none, and rehearses with HEAD itself: the newer release
 * has a migration more all the same.
 * @throws Error when REHEARSE_FROM names none
 */
export async function previousCommit(): Promise<string> {
  const wanted = process.env['REHEARSE_FROM'];
  for (const ref of wanted ? [wanted] : [await latestTag(), 'HEAD~1', 'HEAD']) {
    const { code, output } = await git('rev-parse', '--verify', '--quiet', `${ref}^{commit}`);
    if (ref && code === 0) return output;
  }
  throw new Error(`REHEARSE_FROM names no commit of this repository: ${wanted ?? ''}.`);
}

const latestTag = async (): Promise<string> =>
  (await git('describe', '--tags', '--abbrev=0', '--match', 'v[0-9]*', 'HEAD~1')).output;

/** A commit's files, with the dependencies of its own lock file, built as its own package.json says. */
export async function releaseOf(commit: string, folder: string): Promise<Release> {
  const name = (await succeed('git', ['describe', '--tags', '--always', commit], ROOT, GIT_TIMEOUT_MS)).split('\n')[0];
  const root = join(folder, 'previous');
  await mkdir(root);
  const archive = join(folder, 'previous.tar');
  await succeed('git', ['archive', '--output', archive, commit], ROOT, GIT_TIMEOUT_MS);
  await succeed('tar', ['-xf', archive, '-C', root], ROOT, GIT_TIMEOUT_MS);
  if (await isSameLock(root)) await symlink(join(ROOT, 'node_modules'), join(root, 'node_modules'));
  else await succeed('npm', ['ci', '--no-audit', '--no-fund'], root, INSTALL_TIMEOUT_MS);
  await succeed('npm', ['run', 'build'], root, BUILD_TIMEOUT_MS);
  return { name: name ?? commit, root };
}

/** The build of this checkout, as a copy that may be added to. */
export async function releaseOfThisCheckout(folder: string): Promise<Release> {
  const root = join(folder, 'next');
  await cp(join(ROOT, 'dist'), join(root, 'dist'), { recursive: true });
  await cp(join(ROOT, 'package.json'), join(root, 'package.json'));
  await symlink(join(ROOT, 'node_modules'), join(root, 'node_modules'));
  return { name: 'this checkout', root };
}

async function isSameLock(root: string): Promise<boolean> {
  const [theirs, ours] = await Promise.all(
    [root, ROOT].map((path) => readFile(join(path, 'package-lock.json'), 'utf8')),
  );
  return theirs === ours;
}

const git = (...args: string[]): ReturnType<typeof runProgram> =>
  runProgram('git', args, { cwd: ROOT, timeoutMs: GIT_TIMEOUT_MS });

async function succeed(program: string, args: readonly string[], cwd: string, timeoutMs: number): Promise<string> {
  const { code, output } = await runProgram(program, args, { cwd, timeoutMs, env: process.env });
  if (code !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${code}:\n${output}`);
  return output;
}
