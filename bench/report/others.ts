import { byConnections, type OverloadResult, type OverloadRound } from '../overload/overload.ts';
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

export const OVERLOAD_HEAD: Row = [
  'connections',
  'peak a second',
  'goodput a second',
  'of peak',
  'quartiles',
  'refused a second',
  'offered',
  'p99 ms',
];

export const overloadRows = (result: OverloadResult): readonly Row[] =>
  [...byConnections(result)].map(([connections, rounds]) => overloadRow(connections, rounds));

function overloadRow(connections: number, rounds: readonly OverloadRound[]): Row {
  const of = (pick: (round: OverloadRound) => number): string => told(median(rounds.map(pick)));
  const { median: share, low, high } = spreadOf(rounds.map(({ goodput, peak }) => goodput / peak));
  return [
    connections.toLocaleString('en-US'),
    of(({ peak }) => peak),
    of(({ goodput }) => goodput),
    told(share),
    `${told(low)} to ${told(high)}`,
    of(({ refusedPerSecond = NaN }) => refusedPerSecond),
    of(({ offered }) => offered),
    of(({ p99Ms }) => p99Ms),
  ];
}
