import { mean } from './quantile.ts';

/** A straight line through samples, by least squares. */
export interface Trend {
  /** Per unit of x. */
  readonly slope: number;
  /** The standard error of the slope: how far chance alone may take it. */
  readonly error: number;
}

export type Course = 'flat' | 'grows' | 'inconclusive';

/** As many as leave a degree of freedom for the error. */
const SAMPLES_MIN = 3;
/** Two-sided 95% of a normal distribution. */
const ERRORS_OF_CHANCE = 1.96;

export function trendOf(samples: readonly (readonly [x: number, y: number])[]): Trend {
  const count = samples.length;
  if (count < SAMPLES_MIN) return { slope: NaN, error: NaN };
  const meanX = mean(samples.map(([x]) => x));
  const meanY = mean(samples.map(([, y]) => y));
  const spreadX = samples.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
  const slope = samples.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0) / spreadX;
  const residues = samples.reduce((sum, [x, y]) => sum + (y - meanY - slope * (x - meanX)) ** 2, 0);
  return { slope, error: Math.sqrt(residues / (count - 2) / spreadX) };
}

/**
 * What a slope means, held against the greatest that does no harm. Flat: also the upper end of the noise stays below it.
 * Grows: also the lower end is above it. Between the two the run was too short, or too noisy.
 */
export function courseOf({ slope, error }: Trend, harmless: number): Course {
  const noise = ERRORS_OF_CHANCE * error;
  if (slope + noise <= harmless) return 'flat';
  return slope - noise > harmless ? 'grows' : 'inconclusive';
}
