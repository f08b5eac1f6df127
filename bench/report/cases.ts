import { type CaseResult, type Figures, figuresOf, noiseIn, type Outcome, outcomesOf } from './figures.ts';
import { type Row, told } from './table.ts';

export const CASE_HEAD: Row = [
  '',
  'a second',
  'of baseline',
  'quartiles',
  'p50 ms',
  'p99 ms',
  'CPU µs',
  'of baseline',
  'median µs',
  'stores µs',
  'busy',
  'load busy',
  'RSS MB',
];

const caseRow = (figures: Figures): Row => [
  figures.contender,
  told(figures.perSecond.median),
  told(figures.throughputRatio.median),
  `${told(figures.throughputRatio.low)} to ${told(figures.throughputRatio.high)}`,
  told(figures.p50Ms),
  told(figures.p99Ms),
  told(figures.cpuFloor),
  told(figures.cpuRatio),
  told(figures.cpuMedian),
  told(figures.stores),
  told(figures.busy),
  told(figures.loadBusy),
  told(figures.rssMb),
];

export const caseRows = (result: CaseResult): readonly Row[] => figuresOf(result).map(caseRow);

/** Words on how far the figures of a case may be trusted. */
export const noiseOfCase = (result: CaseResult): string =>
  `The baseline's CPU floor moved by ${Math.round(noiseIn(result) * 100)}% in the run.`;

export const TARGET_HEAD: Row = ['target', 'measured', 'first', '', 'beyond', ''];

const SIGN = { 'at least': '≥', 'at most': '≤' } as const;

export function targetRow({ what, figure, is, first, beyond, measured, verdicts }: TargetLine): Row {
  const bound = (value: number): string => `${SIGN[is]} ${value}`;
  return [`${what}: ${figure}`, told(measured), bound(first), verdicts.first, bound(beyond), verdicts.beyond];
}

/** A line of the table of targets: of a case, or of what is measured in another way. */
export interface TargetLine extends Pick<Outcome, 'what' | 'is' | 'first' | 'beyond' | 'measured' | 'verdicts'> {
  readonly figure: string;
}

const FIGURES = { throughput: 'throughput', cpu: 'CPU' } as const;

export const targetLinesOf = (result: CaseResult): readonly TargetLine[] =>
  outcomesOf(result).map((outcome) => ({ ...outcome, figure: FIGURES[outcome.figure] }));
