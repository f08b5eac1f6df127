import { type CaseResult, figuresOf } from './figures.ts';
import { type Row, told } from './table.ts';

export const LADDER_HEAD: Row = ['', 'CPU µs', 'more than the line before', 'median µs', 'more', 'a second', 'RSS MB'];

/** What each part costs: the CPU floor with it, less the one without. */
export function ladderRows(result: CaseResult): readonly Row[] {
  const steps = figuresOf(result);
  return steps.map(({ contender, cpuFloor, cpuMedian, perSecond, rssMb }, index) => {
    const before = steps[index - 1];
    const more = (now: number, then: number | undefined): string => (then === undefined ? '' : signed(now - then));
    return [
      contender,
      told(cpuFloor),
      more(cpuFloor, before?.cpuFloor),
      told(cpuMedian),
      more(cpuMedian, before?.cpuMedian),
      told(perSecond.median),
      told(rssMb),
    ];
  });
}

const signed = (value: number): string => `${value < 0 ? '−' : '+'}${told(Math.abs(value))}`;
