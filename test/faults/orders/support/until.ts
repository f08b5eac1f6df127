import { isDeepStrictEqual } from 'node:util';
import { pollUntil } from '../../../../tools/process/wait.ts';

/**
 * Asks until the answer is the expected one, and gives the last answer in any case: the test's own expectation then shows
 * what is different.
 */
export async function settled<T>(ask: () => Promise<T>, expected: unknown, timeoutMs: number): Promise<T> {
  let last = await ask();
  const same = async (): Promise<true | null> => {
    last = await ask();
    return isDeepStrictEqual(last, expected) ? true : null;
  };
  if (!isDeepStrictEqual(last, expected)) await pollUntil(same, { timeoutMs });
  return last;
}

/** Asks until it is so. @throws Error that says what was waited for in vain */
export async function until(what: string, isSo: () => Promise<boolean>, timeoutMs: number): Promise<void> {
  const found = await pollUntil(async () => ((await isSo()) ? true : null), { timeoutMs });
  if (found === null) throw new Error(`After ${timeoutMs} ms still not so: ${what}.`);
}
