import { describe, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { delimiter } from 'node:path';

export interface Program {
  readonly command: string;
  /** What `apt-get install` calls it; `.ci/install-tools` installs it. */
  readonly debianPackage: string;
}

/** Debian puts servers where the PATH of a person doesn't look. */
export const programPath = (): string => [process.env['PATH'] ?? '', '/usr/sbin'].join(delimiter);

const isInstalled = (command: string): boolean => {
  const env = { ...process.env, PATH: programPath() };
  return spawnSync(command, ['--version'], { stdio: 'ignore', timeout: 30_000, env }).error === undefined;
};

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
