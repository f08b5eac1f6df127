import { currentRequest } from './request-context.js';

/** Features whose degradation one line tells of: more than a request can need. */
export const DEGRADED_FEATURES_MAX = 8;

/**
 * Tells of the current request that its answer does without something, for its log line. Of one feature the last word
 * counts. Outside of a request, nobody is told.
 * @param feature what is missing, `recommendations`: a constant of the code, and never a part of the request
 * @param source what the answer took instead, `stale`: likewise
 */
export function noteDegraded(feature: string, source: string): void {
  const current = currentRequest();
  if (!current) return;
  const request = current.origin ?? current;
  const degraded = (request.degraded ??= {});
  if (feature in degraded || Object.keys(degraded).length < DEGRADED_FEATURES_MAX) degraded[feature] = source;
}
