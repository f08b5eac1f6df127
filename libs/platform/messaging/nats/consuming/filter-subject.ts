/**
 * What a durable consumer is given of the stream: one family in all its versions; of several families what they have in
 * common, because servers before 2.10 know one filter only. `>` is all.
 */
export function filterSubjectOf(families: readonly string[]): string {
  const [first = [], ...others] = families.map((family) => family.split('.'));
  if (others.length === 0) return [...first, '*'].join('.');
  const differs = first.findIndex((token, place) => others.some((tokens) => tokens[place] !== token));
  const common = differs === -1 ? first : first.slice(0, differs);
  return [...common, '>'].join('.');
}
