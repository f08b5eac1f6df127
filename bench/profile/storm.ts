import { Refusal } from '../../tools/process/refusal.ts';
import type { LoadProcess } from '../load/load-process.ts';
import type { Load, LoadResult } from '../load/plan.ts';
import type { Pace } from '../rounds/measure.ts';

/** Answers in a second, in the best slice: one in which the machine was elsewhere would make a storm of what the store bears. */
export async function peakOf(load: Pick<LoadProcess, 'run'>, name: string, pace: Pace): Promise<number> {
  const { rounds, sliceMs, connections } = pace;
  let peak = 0;
  for (let round = 0; round < rounds; round += 1) {
    const { goodPerSecond } = await load.run(name, { connections, durationMs: sliceMs });
    peak = Math.max(peak, goodPerSecond);
  }
  return peak;
}

/**
 * How many were refused, of a load that may be.
 * @throws Refusal where nobody was: that was no storm
 */
export function refusedIn({ bearable }: Pick<Load, 'bearable'>, { statuses }: Pick<LoadResult, 'statuses'>): number {
  const refused = (bearable ?? []).reduce((sum, status) => sum + (statuses[status] ?? 0), 0);
  if (bearable && refused === 0) throw new Refusal('Nothing was refused: the store was not overloaded. Try again.');
  return refused;
}
