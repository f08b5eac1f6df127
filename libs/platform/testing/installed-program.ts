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

/** Tests that need programs of the machine's. Without one they are skipped, and say so; in CI they fail. */
export function describeWith(needed: Program | readonly Program[], name: string, tests: () => void): void {
  const missing = [needed].flat().filter(({ command }) => !isInstalled(command));
  if (missing.length === 0) return describe(name, tests);
  const commands = missing.map(({ command }) => command).join(', ');
  const packages = missing.map(({ debianPackage }) => debianPackage).join(' ');
  const remedy = `"${name}" needs ${commands}, which is not installed: apt-get install ${packages}`;
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
