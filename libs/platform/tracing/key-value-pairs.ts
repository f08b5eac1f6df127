const PAIRS_MAX = 64;
const KEY = /^[\w.!#$%&'*+^`|~/-]{1,256}$/;

/**
 * `key=value` pairs, separated by commas, their values percent-encoded: how OpenTelemetry writes headers and resource
 * attributes into a variable. Null when it is something else.
 */
export function keyValuePairs(text: string): Record<string, string> | null {
  const parts = text.split(',').filter((part) => part.trim() !== '');
  if (parts.length > PAIRS_MAX) return null;
  const pairs: Record<string, string> = {};
  for (const part of parts) {
    const middle = part.indexOf('=');
    const key = part.slice(0, Math.max(middle, 0)).trim();
    const value = decoded(part.slice(middle + 1).trim());
    if (!KEY.test(key) || value === null) return null;
    pairs[key] = value;
  }
  return pairs;
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
