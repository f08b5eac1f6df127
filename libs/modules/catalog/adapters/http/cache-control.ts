/**
 * Whoever stands between may keep a product, and asks with its ETag before each use: the service's own cache ends with
 * every change, and one that nobody can reach must not outlive it. A 304 costs a read of that cache, and no body.
 */
export const REVALIDATED = 'public, no-cache';

/** Recommendations change without the product, and may be degraded at this moment only. */
export const NEVER_KEPT = 'no-store';
