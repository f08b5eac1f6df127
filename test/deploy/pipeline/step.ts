import { join } from 'node:path';
import { type Outcome, runProgram } from '../../../tools/process/run-program.ts';
import { ROOT } from '../../system/support/spawn-service.js';

const STEP_TIMEOUT_MS = 45_000;

/** Runs a step of the pipeline as a CI does: its input is the environment. */
export function step(
  name: string,
  env: Readonly<Record<string, string>>,
  args: readonly string[] = [],
): Promise<Outcome> {
  const options = { timeoutMs: STEP_TIMEOUT_MS, env: { PATH: process.env['PATH'], ...env } };
  return runProgram(join(ROOT, 'deploy/pipeline', `${name}.sh`), args, options);
}
