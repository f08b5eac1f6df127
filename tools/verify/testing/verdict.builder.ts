import type { Verdict } from '../trial/trial.ts';

/** One that holds, unless something else is said. */
export const aVerdict = (own: Partial<Verdict> = {}): Verdict => ({
  promise: 'C3',
  resource: 'orders',
  says: 'A POST under its key is carried out once',
  how: 'repeated at the other replica',
  outcome: 'pass',
  measured: '1 of 1 answers',
  bound: 'all of 1 answers',
  threw: false,
  gaps: [],
  tookMs: 1_234,
  ...own,
});
