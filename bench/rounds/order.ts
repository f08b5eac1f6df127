/**
 * Who is measured when, in one round: the baseline before and after all others, so that each round says what the machine was
 * like meanwhile; the others begin with another one each time, so that none always comes after the same neighbour.
 */
export function orderOf<T>(contenders: readonly T[], round: number): readonly T[] {
  const [baseline, ...others] = contenders;
  if (baseline === undefined) return [];
  const first = others.length === 0 ? 0 : round % others.length;
  return [baseline, ...others.slice(first), ...others.slice(0, first), baseline];
}
