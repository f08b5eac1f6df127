import { execFile } from 'node:child_process';
import { existsSync, lstatSync, realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';

const OUTPUT_BYTES_MAX = 64 * 1024 * 1024;
/** Heavy, and no program reads them; licences stay. */
const UNREAD = /^\/usr\/share\/((info|lintian|locale|man|zoneinfo)\/.|doc\/[^/]+\/(?!copyright$))/;

async function dpkgQuery(...args: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)('dpkg-query', args, { maxBuffer: OUTPUT_BYTES_MAX });
  return stdout;
}

/** Debian packages of this machine, with all that they depend on. */
export class DebianPackages {
  private constructor(private readonly names: readonly string[]) {}

  /** @throws Error when one of them is not installed here */
  static async with(roots: readonly string[]): Promise<DebianPackages> {
    const needs = await dependencies();
    const missing = roots.filter((name) => !needs.has(name));
    if (missing.length > 0) throw new Error(`The base needs: apt-get install ${missing.join(' ')}`);
    const found = new Set(roots);
    // A set that grows while it is walked: those that are added come later.
    for (const name of found) {
      for (const needed of needs.get(name) ?? []) if (needs.has(needed)) found.add(needed);
    }
    return new DebianPackages([...found].sort());
  }

  /** Their part of dpkg's data base. */
  status(): Promise<string> {
    return dpkgQuery('--status', ...this.names);
  }

  /** Their files and folders, the lists that dpkg keeps of them too, each by the path where it truly lies. */
  async files(): Promise<readonly string[]> {
    const known = await dpkgQuery('--show', `--showformat=/var/lib/dpkg/info/\${binary:Package}.list\n`, ...this.names);
    const listed = (await dpkgQuery('--listfiles', ...this.names))
      .split('\n')
      .filter((path) => /^\/.*[^.]$/.test(path));
    const paths = [...listed, ...known.split('\n'), '/var/lib/dpkg/info/format'];
    return [...new Set(paths.filter(Boolean).filter(isThere).map(whereItLies))]
      .filter((path) => !UNREAD.test(path))
      .sort();
  }
}

/** What each installed package asks for, by name; alternatives count as if all were asked for. */
async function dependencies(): Promise<ReadonlyMap<string, readonly string[]>> {
  const lines = await dpkgQuery(
    '--show',
    `--showformat=\${db:Status-Abbrev}\t\${Package}\t\${Pre-Depends}, \${Depends}\n`,
  );
  return new Map(
    lines
      .split('\n')
      .filter((line) => line.startsWith('ii'))
      .map((line) => line.split('\t'))
      .map(([, name = '', asked = '']) => [name, asked.split(/[,|]/).map((one) => one.trim().split(/[ :(]/)[0] ?? '')]),
  );
}

const isThere = (path: string): boolean =>
  existsSync(dirname(path)) && lstatSync(path, { throwIfNoEntry: false }) !== undefined;

/** /lib/x is /usr/lib/x where /lib is a link; what is a link itself stays one. */
const whereItLies = (path: string): string => join(realpathSync(dirname(path)), basename(path));
