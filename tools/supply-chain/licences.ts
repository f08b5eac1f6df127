import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import { Refusal } from '../process/refusal.ts';
import { runProgram } from '../process/run-program.ts';
import { CHECKOUT } from './checkout.ts';
import type { Finding } from './finding.ts';
import { DEVELOPMENT_LICENCES, SHIPPED_LICENCES } from './licence-policy.ts';
import { dependenciesOf, type PackageLock, titleOf } from './package-lock.ts';
import { isSatisfied } from './spdx.ts';

/** For one that hangs: it takes seven seconds of a core, and has taken more than a minute where it had an eighth of one. */
const CHECKER_TIMEOUT_MS = 240_000;

/** SPDX expressions by place. */
export type Licences = Readonly<Record<string, string>>;

/**
 * Licences outside the policy. What is installed counts as found there; the packages of other platforms, which are not,
 * as the lock file says.
 */
export function findForbiddenLicences(lock: PackageLock, installed: Licences): readonly Finding[] {
  return dependenciesOf(lock).flatMap(([place, locked]) => {
    const licence = installed[place] ?? locked.license ?? 'no licence';
    const allowed = (id: string) =>
      SHIPPED_LICENCES.has(id) || (locked.dev === true && Object.hasOwn(DEVELOPMENT_LICENCES, id));
    if (isSatisfied(licence, allowed)) return [];
    const use = locked.dev === true ? 'development' : 'production';
    return [
      {
        where: titleOf(place, locked),
        problem: `has ${licence}, which the policy for ${use} does not allow`,
        wayOut: 'Use another package, or have the licence agreed and added in tools/supply-chain/licence-policy.ts.',
      },
    ];
  });
}

interface CheckedPackage {
  readonly path: string;
  readonly licenses?: string | readonly string[];
}

/** The licences of what is installed in a project, as license-checker reads them from manifests and licence files. */
export async function installedLicences(project: string): Promise<Licences> {
  const folder = await mkdtemp(join(tmpdir(), 'licences-'));
  try {
    const checked = await checkedPackages(project, join(folder, 'report.json'));
    return Object.fromEntries(
      checked.map(({ path, licenses }) => [
        relative(project, path).split(sep).join('/'),
        typeof licenses === 'string' ? licenses : (licenses ?? []).join(' AND '),
      ]),
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function checkedPackages(project: string, report: string): Promise<readonly CheckedPackage[]> {
  const checker = join(CHECKOUT, 'node_modules/license-checker-rseidelsohn/bin/license-checker-rseidelsohn.js');
  const args = [checker, '--json', '--start', project, '--out', report];
  const { code, output } = await runProgram(process.execPath, args, { cwd: project, timeoutMs: CHECKER_TIMEOUT_MS });
  if (code !== 0) throw new Refusal(`license-checker could not read the licences:\n${output}`);
  return Object.values(JSON.parse(await readFile(report, 'utf8')) as Record<string, CheckedPackage>);
}
