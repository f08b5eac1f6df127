export interface DelayBounds {
  readonly firstMs: number;
  readonly maxMs: number;
}

/** Beyond it a power of two only grows in vain. */
const DOUBLINGS_MAX = 30;

/**
 * The wait after the n-th failure: doubling, bounded, and spread over its upper half, so that what failed together does
 * not return together.
 * @param failures 1 for the first
 * @param random gives 0 to 1
 */
export function doublingDelayMs(
  failures: number,
  { firstMs, maxMs }: DelayBounds,
  random: () => number = Math.random,
): number {
  const ceilingMs = Math.min(maxMs, firstMs * 2 ** Math.min(failures - 1, DOUBLINGS_MAX));
  return Math.round(ceilingMs / 2 + (ceilingMs / 2) * random());
}
