import { describe, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';

export interface Program {
  readonly command: string;
  /** What `apt-get install` calls it; `.ci/install-tools` installs it. */
  readonly debianPackage: string;
}

const isInstalled = (command: string): boolean =>
  spawnSync(command, ['--version'], { stdio: 'ignore', timeout: 30_000 }).error === undefined;

/** Tests that need a program of the machine's. Without it they are skipped, and say so; in CI they fail. */
export function describeWith({ command, debianPackage }: Program, name: string, tests: () => void): void {
  if (isInstalled(command)) return describe(name, tests);
  const remedy = `"${name}" needs ${command}, which is not installed: apt-get install ${debianPackage}`;
  if (process.env['CI'] !== 'true') {
    process.stderr.write(`\nSKIPPED: ${remedy}\n\n`);
    return describe.skip(`${name} (${remedy})`, tests);
  }
  describe(name, () => {
    it('finds its program', () => {
      throw new Error(remedy);
    });
  });
}
