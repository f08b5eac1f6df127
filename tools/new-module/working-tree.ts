import { Refusal } from '../process/refusal.ts';
import { runProgram } from '../process/run-program.ts';

const GIT_TIMEOUT_MS = 30_000;

/**
 * Whether the checkout has nothing that is not committed, so that what is written next can be told apart, and taken back.
 * Gives null where there is no Git to ask.
 */
export async function isClean(checkout: string): Promise<boolean | null> {
  const options = { cwd: checkout, timeoutMs: GIT_TIMEOUT_MS };
  const outcome = await runProgram('git', ['status', '--porcelain'], options).catch(() => null);
  return outcome?.code === 0 ? outcome.output === '' : null;
}

export type TreeState = 'clean' | 'dirty' | 'no git';

/** @throws Refusal for a tree with changes, unless it is forced */
export async function refuseChanges(checkout: string, { force }: { force: boolean }): Promise<TreeState> {
  const clean = await isClean(checkout);
  if (clean === null) return 'no git';
  if (clean) return 'clean';
  if (force) return 'dirty';
  throw new Refusal(
    'There are changes that are not committed: commit them first, so that what is written can be told apart, or say --force.',
  );
}
