import type { Bounds, Tally } from './tally.js';

/**
 * An estimate from a histogram, as Prometheus' `histogram_quantile` makes it: linear within the bucket in which the
 * quantile lies, so that it is wrong by the width of that bucket at most. Beyond the last bound it is the last bound.
 * @param q from 0 to 1
 * @returns seconds, or null when there was nothing
 */
export function quantile(q: number, { count, cumulative }: Tally, bounds: Bounds): number | null {
  if (count <= 0) return null;
  const rank = q * count;
  const index = cumulative.findIndex((below) => below >= rank);
  const upper = bounds[index];
  if (upper === undefined) return bounds.at(-1) ?? null;
  const lower = bounds[index - 1] ?? 0;
  const before = cumulative[index - 1] ?? 0;
  const inside = (cumulative[index] ?? 0) - before;
  return inside > 0 ? lower + ((upper - lower) * (rank - before)) / inside : upper;
}
