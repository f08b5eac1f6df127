import type { Untried } from '../trial/untried.ts';
import type { Verdict } from '../trial/trial.ts';
import { byPromise, tableOf, type TableOptions } from './table.ts';
import { wrapped } from './wrapped.ts';

const WIDTH = 118;

/** All that a run has to say. */
export interface Run {
  readonly verdicts: readonly Verdict[];
  /** Promises that no trial is about, and parts of others. */
  readonly untried: readonly Untried[];
  readonly tookMs: number;
  /** Whether it was ended before all was tried. */
  readonly overdue: boolean;
}

export const EXIT = { holds: 0, broken: 1, untriable: 2 } as const;

/** 0 where all that was tried holds, 1 where something does not, 2 where nothing was tried, or not all in time. */
export function exitCodeOf({ verdicts, overdue }: Run): number {
  const tried = verdicts.filter(({ outcome }) => outcome !== 'not tried');
  if (tried.some(({ outcome }) => outcome === 'fail')) return EXIT.broken;
  return tried.length === 0 || overdue ? EXIT.untriable : EXIT.holds;
}

/** For people: the table, what was not tried, and the sum. */
export function textOf(run: Run, options: TableOptions): string {
  const { verdicts, untried } = run;
  const skipped = byPromise(verdicts).flatMap((verdict) =>
    verdict.gaps.map((gap) => [nameOf(verdict), `${gap} (${verdict.says})`] as const),
  );
  const others = untried.map((each) => [each.promise, toldOf(each)] as const);
  return [
    tableOf(verdicts, options),
    '',
    'Not tried here, and why:',
    ...[...skipped, ...others].flatMap(([name, text]) => indented(name, text)),
    '',
    sumOf(run),
    '',
  ].join('\n');
}

/** `58 of 58 hold; 2 rows, 14 promises and 11 parts of others were not tried. 171 s.` */
export function sumOf({ verdicts, untried, tookMs, overdue }: Run): string {
  const tried = verdicts.filter(({ outcome }) => outcome !== 'not tried');
  const failed = tried.filter(({ outcome }) => outcome === 'fail');
  const parts = untried.filter(({ part }) => part !== undefined).length;
  const names = byPromise(failed).map(nameOf).join(', ');
  return [
    `${tried.length - failed.length} of ${tried.length} hold`,
    failed.length > 0 ? `; NOT: ${names}` : '',
    `; ${verdicts.length - tried.length} rows, ${untried.length - parts} promises and ${parts} parts of others were not tried.`,
    overdue ? ' The run was ended at its bound.' : '',
    ` ${Math.round(tookMs / 1_000)} s.`,
  ].join('');
}

/** Why something is not tried, and what shows it. */
export const toldOf = ({ part, why, shownBy }: Untried): string =>
  `${part === undefined ? '' : `of it ${part}: `}${why} Shown by: ${shownBy}`;

const nameOf = ({ promise, resource }: Verdict): string => (resource === null ? promise : `${promise} ${resource}`);

function indented(name: string, text: string): string[] {
  const width = 14;
  return wrapped(text, WIDTH - width).map((line, index) => `${(index === 0 ? `  ${name}` : '').padEnd(width)}${line}`);
}
