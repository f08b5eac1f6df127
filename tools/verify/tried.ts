import type { Run } from './report/report.ts';
import type { Ticker } from './report/ticker.ts';
import type { Stage } from './stage/stage.ts';
import { attemptsOf, notTried, verdictOn, withoutRecovery } from './trial/run-trial.ts';
import { selected } from './trial/select.ts';
import type { Verdict } from './trial/trial.ts';
import { untriedOf } from './trial/untried-of.ts';
import { TRIALS } from './trials.ts';

/** Some three times what a run takes on two cores. */
const RUN_TIMEOUT_MS = 600_000;

export interface TriedOptions {
  /** Whether replicas that are not well again after a trial break its promise; else nobody waits for them after the last. */
  readonly judgesRecovery?: boolean;
}

/**
 * Tries one after the other on the stage, and has the stage as it was before the next.
 * @param only promises by number or word; empty for all
 */
export async function tried(
  stage: Stage,
  only: readonly string[],
  ticker: Ticker,
  { judgesRecovery = true }: TriedOptions = {},
): Promise<Run> {
  const { signal } = stage.options;
  const startedAtMs = performance.now();
  const attempts = attemptsOf(selected(TRIALS, only), stage.api.resources);
  const verdicts: Verdict[] = [];
  let overdue = false;
  for (const [index, attempt] of attempts.entries()) {
    signal.throwIfAborted();
    overdue ||= performance.now() - startedAtMs > RUN_TIMEOUT_MS;
    if (overdue) {
      verdicts.push(notTried(attempt, [`the run was ended at its bound of ${RUN_TIMEOUT_MS / 1_000} s`]));
      continue;
    }
    if (stage.haunted) {
      verdicts.push(notTried(attempt, ['a trial before it goes on after its bound']));
      continue;
    }
    const found = await verdictOn(attempt, stage, signal);
    let verdict = found;
    // What does not recover by itself is no matter of the stage: the promise before it is broken.
    if (judgesRecovery) verdict = (await stage.calm()) ? found : withoutRecovery(found);
    else if (index < attempts.length - 1) await stage.calm();
    verdicts.push(verdict);
    ticker.verdict(verdict, index + 1, attempts.length);
  }
  return { verdicts, untried: untriedOf(only), tookMs: ticker.elapsedMs, overdue };
}
