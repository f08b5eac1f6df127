import type { Lifetime } from './cache.declaration.js';

/** Absence is kept so briefly that a thing which appears elsewhere is soon seen. */
export const ABSENCE_SECONDS_MAX = 5;
/** A life is lengthened or shortened by up to this part, so that what was kept together does not end together. */
const JITTER = 0.1;

/** How long a value is fresh, and how long it is kept at all. */
export function lengths({ ttlSeconds, staleSeconds }: Lifetime, absent: boolean, random: () => number = Math.random) {
  const ttlMs = (absent ? Math.min(ttlSeconds, ABSENCE_SECONDS_MAX) : ttlSeconds) * 1_000;
  const freshMs = Math.max(1, Math.round(ttlMs * (1 + JITTER * (2 * random() - 1))));
  return { freshMs, keptMs: freshMs + (absent ? 0 : staleSeconds * 1_000) };
}
