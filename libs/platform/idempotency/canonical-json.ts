/**
 * One text for all ways to write one JSON value: members sorted by name, no space. Two bodies that a client's libraries
 * write differently are the same request.
 * @param value as a JSON parser gives it: its depth is bounded where it was parsed
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null);
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member)}`).join(',')}}`;
}
