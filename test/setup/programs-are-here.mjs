import { spawnSync } from 'node:child_process';
import { delimiter } from 'node:path';

/** Debian puts servers where the PATH of a person doesn't look. */
const PATH = [process.env.PATH ?? '', '/usr/sbin'].join(delimiter);

const isHere = (program) => spawnSync(program, ['-v'], { stdio: 'ignore', env: { PATH } }).error === undefined;

/**
 * Whether a project's programs, each called as its Debian package is, are on this machine. In CI they are taken to be there:
 * the suites fail without them. Elsewhere the project is left out, and that is said.
 */
export function programsAreHere(project, programs) {
  if (process.env.CI === 'true') return true;
  const missing = programs.filter((program) => !isHere(program));
  if (missing.length === 0) return true;
  process.stderr.write(`\nSKIPPED: the project "${project}" needs: apt-get install ${missing.join(' ')}\n\n`);
  return false;
}
