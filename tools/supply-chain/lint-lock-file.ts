import { join } from 'node:path';
import { runProgram } from '../process/run-program.ts';
import { CHECKOUT } from './checkout.ts';
import type { Finding } from './finding.ts';

const LINT_TIMEOUT_MS = 30_000;
const RULES = ['--validate-https', '--validate-integrity', '--validate-package-names', '--allowed-hosts', 'npm'];

/** What lockfile-lint has against what the entries say: another protocol, host, hash or name. */
export async function lintLockFile(lockPath: string): Promise<readonly Finding[]> {
  const program = join(CHECKOUT, 'node_modules/lockfile-lint/bin/lockfile-lint.js');
  const args = [program, '--path', lockPath, '--type', 'npm', '--format', 'plain', ...RULES];
  const { code, output } = await runProgram(process.execPath, args, { cwd: CHECKOUT, timeoutMs: LINT_TIMEOUT_MS });
  if (code === 0) return [];
  const problem = output.replaceAll('\n', '\n    ');
  return [{ where: 'package-lock.json', problem, wayOut: 'Take the package from the registry, by its own name.' }];
}
