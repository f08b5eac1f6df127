import { join } from 'node:path';
import { type Outcome, runProgram } from '../../../tools/process/run-program.ts';
import { ROOT } from '../../system/support/spawn-service.js';

const STEP_TIMEOUT_MS = 45_000;

/** Runs a step of the pipeline as a CI does: its input is the environment. `path` comes before the PATH. */
export function step(
  name: string,
  env: Readonly<Record<string, string>>,
  path: readonly string[] = [],
): Promise<Outcome> {
  const PATH = [...path, process.env['PATH']].join(':');
  return runProgram(join(ROOT, 'deploy/pipeline', `${name}.sh`), [], {
    timeoutMs: STEP_TIMEOUT_MS,
    env: { ...env, PATH },
  });
}
