const UNITS_MS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

/** A duration where the rules have one: in brackets, behind `for:` or `offset`. */
const DURATIONS = /(\[|\bfor: |\boffset )(\d+)(ms|s|m|h|d|w)\b/g;

/**
 * The rules themselves, in a time that passes so much faster: each duration of them is divided, and nothing else, so
 * that a test may wait for them. Let the scrapes and evaluations come as much faster.
 * @param leastMs no window is shorter: a rate needs two scrapes
 */
export const hastenRules = (rules: string, times: number, leastMs: number): string =>
  rules.replaceAll(DURATIONS, (_, before: string, amount: string, unit: string) => {
    const ms = Math.round((Number(amount) * (UNITS_MS[unit] ?? NaN)) / times);
    const least = before.startsWith('[') ? Math.max(ms, leastMs) : ms;
    return `${before}${least}ms`;
  });
