import type { OverloadResult } from '../overload/overload.ts';
import type { StartResult } from '../start/start.ts';
import { median, spreadOf } from '../statistics/quantile.ts';
import { type Row, told } from './table.ts';

export const START_HEAD: Row = ['', 'ready ms', 'quartiles', 'RSS MB'];

export const startRows = (result: StartResult): readonly Row[] =>
  result.map(({ server, starts }) => {
    const ready = spreadOf(starts.map(({ readyMs }) => readyMs));
    const quartiles = `${told(ready.low)} to ${told(ready.high)}`;
    return [server, told(ready.median), quartiles, told(median(starts.map(({ rssMb }) => rssMb)))];
  });

export const OVERLOAD_HEAD: Row = ['', 'peak a second', 'goodput a second', 'of peak', 'refused', 'offered', 'p99 ms'];

export function overloadRows({ rounds }: OverloadResult): readonly Row[] {
  const of = (pick: (round: OverloadResult['rounds'][number]) => number): string => told(median(rounds.map(pick)));
  return [
    [
      'Mainstay',
      of(({ peak }) => peak),
      of(({ goodput }) => goodput),
      of(({ goodput, peak }) => goodput / peak),
      of(({ refused }) => refused),
      of(({ offered }) => offered),
      of(({ p99Ms }) => p99Ms),
    ],
  ];
}
