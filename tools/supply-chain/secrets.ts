import { join } from 'node:path';
import { Refusal } from '../process/refusal.ts';
import { runProgram } from '../process/run-program.ts';
import { CHECKOUT } from './checkout.ts';
import type { Finding } from './finding.ts';

const SCAN_TIMEOUT_MS = 60_000;
/** Windows takes a command line of 32,767 characters; a path of ours has 43 on average. */
const FILES_PER_SCAN_MAX = 400;
/** secretlint's own codes: 0 clean, 1 found; all else is its failure. */
const FOUND = 1;
/** A path may hold what a pattern means, and a file that is tracked counts although .gitignore names it. */
const AS_NAMED = ['--no-glob', '--no-gitignore'];
/** `path:line:column: [kind] what, masked [Error/rule]` */
const SEPARATOR = ': [';
const WAY_OUT =
  'Revoke it first if it was ever real, then take it out; for a dummy see `allows` in .secretlintrc.json.';

/**
 * Secrets in the given files of a folder, as secretlint sees them; it masks what it prints.
 * @throws Refusal when it could not read them all
 */
export async function findSecrets(folder: string, files: readonly string[]): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (let start = 0; start < files.length; start += FILES_PER_SCAN_MAX) {
    findings.push(...(await scan(folder, files.slice(start, start + FILES_PER_SCAN_MAX))));
  }
  return findings;
}

async function scan(folder: string, files: readonly string[]): Promise<readonly Finding[]> {
  const program = join(CHECKOUT, 'node_modules/secretlint/bin/secretlint.js');
  const config = join(CHECKOUT, '.secretlintrc.json');
  const args = [program, '--secretlintrc', config, '--format', 'unix', '--no-color', ...AS_NAMED, ...files];
  const { code, output } = await runProgram(process.execPath, args, { cwd: folder, timeoutMs: SCAN_TIMEOUT_MS });
  if (code === 0) return [];
  if (code !== FOUND) throw new Refusal(`secretlint did not finish:\n${output}`);
  const lines = output.split('\n').filter((line) => line.includes(SEPARATOR));
  // Its output may change with a version; that something was found stays true.
  if (lines.length === 0) return [{ where: 'secretlint', problem: output, wayOut: WAY_OUT }];
  return lines.map((line) => {
    const at = line.indexOf(SEPARATOR);
    return { where: line.slice(0, at).replace(join(folder, '/'), ''), problem: line.slice(at + 2), wayOut: WAY_OUT };
  });
}
