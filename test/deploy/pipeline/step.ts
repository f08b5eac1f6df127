import { join } from 'node:path';
import { type Outcome, runProgram } from '../../../tools/process/run-program.ts';
import { ROOT } from '../../system/support/spawn-service.js';

const STEP_TIMEOUT_MS = 45_000;

interface StepOptions {
  readonly args?: readonly string[];
  /** Before the PATH. */
  readonly path?: readonly string[];
  /** Cuts it off with SIGTERM, as a CI does that is told to stop. */
  readonly signal?: AbortSignal | undefined;
}

/** Runs a step of the pipeline as a CI does: its input is the environment. */
export function step(
  name: string,
  env: Readonly<Record<string, string>>,
  { args = [], path = [], signal }: StepOptions = {},
): Promise<Outcome> {
  const PATH = [...path, process.env['PATH']].join(':');
  const options = { timeoutMs: STEP_TIMEOUT_MS, env: { ...env, PATH }, signal };
  return runProgram(join(ROOT, 'deploy/pipeline', `${name}.sh`), args, options);
}
