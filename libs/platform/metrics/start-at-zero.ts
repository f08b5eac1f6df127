import type { Counter } from 'prom-client';

type Sets = readonly Readonly<Record<string, string>>[];

/** Makes the series of every combination of these values, so that the first increment of each is seen as a rise. */
export function startAtZero(counter: Counter, values: Readonly<Record<string, readonly string[]>>): void {
  let sets: Sets = [{}];
  for (const [label, known] of Object.entries(values)) {
    sets = sets.flatMap((set) => known.map((value) => ({ ...set, [label]: value })));
  }
  for (const set of sets) counter.inc(set, 0);
}
