import type { Case, Condition } from '../cases/case.ts';
import type { Samples } from '../rounds/measure.ts';
import type { Slice } from '../rounds/slice.ts';
import { floorOf, median, type Spread, spreadOf } from '../statistics/quantile.ts';
import { noiseOf, type Verdict, verdictOn, verdictOnSpread } from '../statistics/verdict.ts';

/** What was measured of a case, as it is kept: verdicts are reckoned from it, and never kept. */
export interface CaseResult extends Pick<Case, 'name' | 'title' | 'conditions'> {
  readonly samples: readonly Samples[];
}

/** One contender of a case, in numbers. Ratios are to the baseline, round by round. */
export interface Figures {
  readonly contender: string;
  readonly perSecond: Spread;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly cpuFloor: number;
  readonly cpuMedian: number;
  readonly stores: number;
  readonly busy: number;
  readonly loadBusy: number;
  readonly rssMb: number;
  readonly throughputRatio: Spread;
  readonly cpuRatio: number;
}

export interface Outcome extends Condition {
  readonly measured: number;
  readonly verdicts: { readonly first: Verdict; readonly beyond: Verdict };
}

const slicesOf = ({ samples }: CaseResult, name: string | undefined): readonly Slice[] =>
  samples.find(({ contender }) => contender === name)?.slices ?? [];

const baselineOf = ({ samples }: CaseResult): string | undefined => samples[0]?.contender;

/**
 * The floor of a baseline, of as many slices as the other has: it is measured twice in each round, and the least of more is
 * less.
 */
const floorOver = (over: readonly Slice[], of: readonly Slice[]): number => {
  const every = Math.max(1, Math.round(over.length / of.length));
  return median(
    Array.from({ length: every }, (_, part) => floorOf(cpuOf(over.filter((_, at) => at % every === part)))),
  );
};

const cpuOf = (slices: readonly Slice[]): number[] => slices.map(({ cpuMicroseconds }) => cpuMicroseconds);

/** The throughput of one over that of the other, in each round: what slowed both down meanwhile falls out. */
function pairedRatios(of: readonly Slice[], over: readonly Slice[]): number[] {
  return of.map(({ round, perSecond }) => {
    const same = over.filter((slice) => slice.round === round);
    return perSecond / (same.reduce((sum, slice) => sum + slice.perSecond, 0) / same.length);
  });
}

export function figuresOf(result: CaseResult): readonly Figures[] {
  const baseline = slicesOf(result, baselineOf(result));
  return result.samples.map(({ contender, slices }) => ({
    contender,
    perSecond: spreadOf(slices.map(({ perSecond }) => perSecond)),
    p50Ms: median(slices.map(({ p50Ms }) => p50Ms)),
    p99Ms: median(slices.map(({ p99Ms }) => p99Ms)),
    cpuFloor: floorOf(cpuOf(slices)),
    cpuMedian: median(cpuOf(slices)),
    stores: floorOf(slices.map(({ storesMicroseconds }) => storesMicroseconds)),
    busy: median(slices.map(({ busy }) => busy)),
    loadBusy: median(slices.map(({ loadBusy }) => loadBusy)),
    rssMb: Math.max(...slices.map(({ rssMb }) => rssMb)),
    throughputRatio: spreadOf(pairedRatios(slices, baseline)),
    cpuRatio: floorOf(cpuOf(slices)) / floorOver(baseline, slices),
  }));
}

/** How far apart the floors of the baseline lie, early, in the middle and late. */
export const noiseIn = (result: CaseResult): number => noiseOf(cpuOf(slicesOf(result, baselineOf(result))));

export function outcomesOf(result: CaseResult): readonly Outcome[] {
  const noise = noiseIn(result);
  return result.conditions.map((condition) => {
    const [of, over] = [slicesOf(result, condition.of), slicesOf(result, condition.over)];
    const { is, first, beyond } = condition;
    if (condition.figure === 'cpu') {
      const measured = floorOf(cpuOf(of)) / floorOver(over, of);
      const on = (value: number): Verdict => verdictOn({ is, value }, measured, noise);
      return { ...condition, measured, verdicts: { first: on(first), beyond: on(beyond) } };
    }
    const ratios = pairedRatios(of, over);
    const on = (value: number): Verdict => verdictOnSpread({ is, value }, ratios, noise);
    return { ...condition, measured: median(ratios), verdicts: { first: on(first), beyond: on(beyond) } };
  });
}
