import type { Verdict } from '../trial/trial.ts';
import { wrapped } from './wrapped.ts';

/** Together with a blank between two, 119 characters. */
const WIDTHS = [12, 42, 31, 23, 7] as const;
const HEAD = ['promise', 'what it says; how it was tried', 'measured', 'bound', 'result'];
const RESULTS = { pass: 'pass', fail: 'FAIL', 'not tried': '-' } as const;

export interface TableOptions {
  /** Whether a terminal reads it. */
  readonly colour: boolean;
}

/** A row for each verdict, by the numbers of the promises, and what else is to be said of them. */
export function tableOf(verdicts: readonly Verdict[], { colour }: TableOptions): string {
  const rule = WIDTHS.map((width) => '-'.repeat(width)).join(' ');
  const rows = byPromise(verdicts.filter(({ outcome }) => outcome !== 'not tried')).flatMap((verdict) => [
    ...rowOf(cellsOf(verdict)).map((line) => (colour ? coloured(line, verdict) : line)),
    rule,
  ]);
  return [...rowOf(HEAD), rule, ...rows].map((line) => line.trimEnd()).join('\n');
}

export const byPromise = (verdicts: readonly Verdict[]): Verdict[] =>
  verdicts.toSorted((a, b) => a.promise.localeCompare(b.promise));

function cellsOf({ promise, resource, says, how, measured, bound, outcome, tookMs }: Verdict): string[] {
  const result = `${RESULTS[outcome]} ${(tookMs / 1_000).toFixed(1)} s`;
  return [resource === null ? promise : `${promise} ${resource}`, `${says}: ${how}`, measured, bound, result];
}

/** As many lines as its longest cell needs. */
function rowOf(cells: readonly string[]): string[] {
  const columns = WIDTHS.map((width, column) => wrapped(cells[column] ?? '', width));
  const height = Math.max(...columns.map((lines) => lines.length));
  return Array.from({ length: height }, (_, line) =>
    columns.map((lines, column) => (lines[line] ?? '').padEnd(WIDTHS[column] ?? 0)).join(' '),
  );
}

const RED = 31;
const GREEN = 32;

const coloured = (line: string, { outcome }: Verdict): string =>
  line.replace(/\b(FAIL|pass)(?=\s*$|\s[\d.]+ s\s*$)/, `\u001b[${outcome === 'fail' ? RED : GREEN}m$1\u001b[0m`);
