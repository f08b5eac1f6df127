import { floorOf, spreadOf, type Spread } from './quantile.ts';

export type Verdict = 'met' | 'missed' | 'inconclusive';

/** What a measured figure is held against. */
export interface Bound {
  readonly is: 'at least' | 'at most';
  readonly value: number;
}

/** So far apart may the floors of a baseline lie, of the parts of one run; beyond it the machine was somebody else's. */
export const NOISE_MAX = 0.2;
const PARTS = 3;

/**
 * How much the highest floor of the baseline's CPU lies above the lowest, of the parts of a run: 0.2 is a fifth. Work that
 * is the same each time has the same floor, if only the machine is left alone now and then.
 */
export function noiseOf(cpuByTime: readonly number[]): number {
  const size = Math.ceil(cpuByTime.length / PARTS);
  const parts = Array.from({ length: PARTS }, (_, part) => cpuByTime.slice(part * size, (part + 1) * size));
  const floors = parts.filter((part) => part.length > 0).map(floorOf);
  return Math.max(...floors) / Math.min(...floors) - 1;
}

const holds = ({ is, value }: Bound, figure: number): boolean =>
  is === 'at least' ? figure >= value : figure <= value;

/** A figure that is one number: a ratio of floors, a size. */
export function verdictOn(bound: Bound, figure: number, noise: number): Verdict {
  if (!Number.isFinite(figure) || noise > NOISE_MAX) return 'inconclusive';
  return holds(bound, figure) ? 'met' : 'missed';
}

/** A figure that was measured often: where the bound lies between its quartiles, it was not decided. */
export function verdictOnSpread(bound: Bound, figures: readonly number[], noise: number): Verdict {
  const { low, high }: Spread = spreadOf(figures);
  const both = [holds(bound, low), holds(bound, high)];
  if (noise > NOISE_MAX || both[0] !== both[1] || !Number.isFinite(low)) return 'inconclusive';
  return both[0] ? 'met' : 'missed';
}
