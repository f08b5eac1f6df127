import { SLACK_MS } from '#platform/testing';

/** The store's defaults: what a page waits for the recommender, and then for the products in its place. */
const RECOMMENDER_TOTAL_MS = 300;
const PRODUCTS_MS = 200;

/** No product page takes longer, whatever the recommender does. */
export const PAGE_MAX_MS = RECOMMENDER_TOTAL_MS + PRODUCTS_MS + SLACK_MS;
/** The breaker's time open, with the most that its jitter adds, and time for the probes. */
export const OPEN_MAX_MS = 10_000 * 1.2 + 1_000 + SLACK_MS;
/** The recommender's own time-outs end no call: what is watched is another bound. */
export const PATIENT = { RECOMMENDER_TIMEOUT_MS: '10000', RECOMMENDER_ATTEMPT_TIMEOUT_MS: '10000' };
/** How many attempts the half-open breaker lets through. */
export const PROBES = 3;
/** Below so many attempts in its window the breaker learns nothing. */
export const BREAKER_CALLS_MIN = 20;
/** The most that is read of one answer. */
export const BODY_BYTES_MAX = 256 * 1024;
/** Attempts for each call, by the retry budget. */
export const ATTEMPTS_PER_CALL_MAX = 1.1;
