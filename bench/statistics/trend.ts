import { median } from './quantile.ts';

/** One look: when, how much, and after what; each kind leaves a level of its own behind. */
export interface Look {
  readonly x: number;
  readonly y: number;
  readonly kind: number;
}

/** How fast something grows, and between what the truth lies with 95% probability. */
export interface Trend {
  /** Per unit of x. */
  readonly slope: number;
  readonly low: number;
  readonly high: number;
}

export type Course = 'flat' | 'grows' | 'inconclusive';

/** Two-sided 95% of a normal distribution. */
const ERRORS_OF_CHANCE = 1.96;

const NONE: Trend = { slope: NaN, low: NaN, high: NaN };

/**
 * The median of the slopes between any two looks of the same kind, and its interval by their ranks: the seasonal Kendall
 * estimator (Hirsch, Slack, Smith 1982; Sen 1968). One look that lies far off, as a heap does now and then in which code was
 * compiled that is soon forgotten, moves neither; what lies between the kinds is neither growth nor noise.
 */
export function trendOf(looks: readonly Look[]): Trend {
  const kinds = [...Map.groupBy(looks, ({ kind }) => kind).values()];
  const slopes = kinds.flatMap(slopesWithin).toSorted((a, b) => a - b);
  const variance = kinds.reduce((sum, { length: n }) => sum + (n * (n - 1) * (2 * n + 5)) / 18, 0);
  const chance = ERRORS_OF_CHANCE * Math.sqrt(variance);
  const [low, high] = [(slopes.length - chance) / 2, (slopes.length + chance) / 2 + 1];
  // So few that the interval would reach beyond all of them.
  if (low < 1) return NONE;
  return { slope: median(slopes), low: slopes[Math.floor(low) - 1] ?? NaN, high: slopes[Math.ceil(high) - 1] ?? NaN };
}

const slopesWithin = (looks: readonly Look[]): number[] =>
  looks.flatMap((from, index) => looks.slice(index + 1).map((to) => (to.y - from.y) / (to.x - from.x)));

/**
 * What a slope means, held against the greatest that does no harm. Flat: also the upper end of the interval stays below it.
 * Grows: also the lower end is above it. Between the two the run was too short, or too noisy.
 */
export function courseOf({ low, high }: Trend, harmless: number): Course {
  if (high <= harmless) return 'flat';
  return low > harmless ? 'grows' : 'inconclusive';
}
