import type { Condition } from './case.ts';

interface Pair {
  readonly what: string;
  readonly of: string;
  readonly over: string;
}

/** First and beyond. */
type Goals = readonly [first: number, beyond: number];

export const throughput = (pair: Pair, [first, beyond]: Goals): Condition => ({
  ...pair,
  figure: 'throughput',
  is: 'at least',
  first,
  beyond,
});

export const cpu = (pair: Pair, [first, beyond]: Goals): Condition => ({
  ...pair,
  figure: 'cpu',
  is: 'at most',
  first,
  beyond,
});
