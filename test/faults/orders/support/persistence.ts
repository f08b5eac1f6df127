import { setTimeout as delay } from 'node:timers/promises';
import type { TillAnswer } from './till.js';

/** Far longer than a store takes to start again. */
const GIVES_UP_MS = 30_000;
/** Shorter than Retry-After asks for: the more tries fall into the faults, the better. */
const PAUSE_MS = 25;

/** What became of the tries before the last one. */
export interface Persisted {
  readonly answer: TillAnswer;
  /** Connections that broke, or were refused: nobody knows what became of the request. */
  readonly broken: number;
  /** Answers that ask to come again. */
  readonly postponed: number;
}

/**
 * Asks until the answer is a final one, as a client with a key does: after no answer, a 5xx and a 409 with Retry-After it
 * asks again.
 * @param ask one try; its number from 0
 * @throws Error for a 500, which no fault excuses, and when no answer comes in time
 */
export async function persist(ask: (tries: number) => Promise<TillAnswer>): Promise<Persisted> {
  const endsAtMs = performance.now() + GIVES_UP_MS;
  let [broken, postponed] = [0, 0];
  for (let tries = 0; ; tries += 1) {
    const answer = await ask(tries).catch((error: unknown) => {
      if (performance.now() > endsAtMs) throw error;
      return null;
    });
    if (answer && isFinal(answer)) return { answer, broken, postponed };
    if (answer && performance.now() > endsAtMs) throw new Error(`No final answer: ${JSON.stringify(answer)}`);
    if (answer) postponed += 1;
    else broken += 1;
    await delay(PAUSE_MS);
  }
}

function isFinal({ status, retryAfter, text }: TillAnswer): boolean {
  if (status === 500) throw new Error(`A store failed: ${text}`);
  return status < 500 && !(status === 409 && retryAfter !== undefined);
}
