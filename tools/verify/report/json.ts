import type { PromiseId } from '../trial/promises.ts';
import type { Untried } from '../trial/untried.ts';
import type { Verdict } from '../trial/trial.ts';
import { exitCodeOf, type Run } from './report.ts';
import { byPromise } from './table.ts';

/** Of the form: a field may be added, none is changed or taken away without a new number. */
export const FORM_VERSION = 1;

export interface WrittenRun {
  readonly version: typeof FORM_VERSION;
  readonly tookMs: number;
  readonly exitCode: number;
  readonly overdue: boolean;
  readonly passed: number;
  readonly failed: readonly PromiseId[];
  readonly verdicts: readonly Verdict[];
  readonly untried: readonly Untried[];
}

/** All that the table has, for programs. */
export function writtenRun(run: Run): WrittenRun {
  const { verdicts, untried, tookMs, overdue } = run;
  const failed = byPromise(verdicts).filter(({ outcome }) => outcome === 'fail');
  return {
    version: FORM_VERSION,
    tookMs: Math.round(tookMs),
    exitCode: exitCodeOf(run),
    overdue,
    passed: verdicts.filter(({ outcome }) => outcome === 'pass').length,
    failed: [...new Set(failed.map(({ promise }) => promise))],
    verdicts: byPromise(verdicts),
    untried,
  };
}
