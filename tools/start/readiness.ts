import { pollUntil } from '../process/wait.ts';
import { Refusal } from '../process/refusal.ts';
import { describeEnd } from './service.ts';

const READY_TIMEOUT_MS = 60_000;
const REQUEST_TIMEOUT_MS = 2_000;
const ANSWER_CHARACTERS_MAX = 1_000;

/**
 * Waits until the service says that it is ready.
 * @throws Refusal when it ends before, or isn't ready within 60 s: with its last answer
 */
export async function untilReady(url: string, ended: Promise<number>, signal: AbortSignal): Promise<void> {
  let exitCode: number | undefined;
  let last = 'no answer';
  void ended.then((code) => (exitCode = code));
  const ask = async () => {
    if (exitCode !== undefined) {
      throw new Refusal(`The service ended with ${describeEnd(exitCode)} before it was ready; its log above says why.`);
    }
    try {
      const answer = await fetch(url, { signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS) });
      last = `${answer.status} ${(await answer.text()).slice(0, ANSWER_CHARACTERS_MAX)}`;
      return answer.ok ? true : null;
    } catch {
      return null;
    }
  };
  if (await pollUntil(ask, { timeoutMs: READY_TIMEOUT_MS, signal })) return;
  throw new Refusal(`The service is not ready after ${READY_TIMEOUT_MS / 1000} s. ${url} said: ${last}`);
}
