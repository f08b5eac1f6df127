import { SLACK_MS } from '#platform/testing';

/** Longer than the default, so that one wait for Redis is told from none, and two from one. */
export const COMMAND_MS = 400;
/** From the end of a fault until reads come from the cache again, and every store shows what was changed meanwhile. */
export const RECOVERY_MS = 10_000;
/** The circuit looks at the last two seconds, and a connection on which nothing is heard is left after as long. */
export const OPENS_MS = 5_000 + SLACK_MS;
/** How often a change of a product may wait for Redis in vain: for its beginning to be told, and for its end. */
export const CHANGE_WAITS = 2;
/** A test waits for its own bounds, and not for Jest's. */
export const TEST_MS = 120_000;

/** A life may be a tenth longer than it is set to. */
const JITTER = 1.1;
/** How long a replica may show what was changed, where it can't be told: the settings' own bound. */
export const staleMaxMs = (ttlSeconds: number, staleSeconds: number): number =>
  (ttlSeconds * JITTER + staleSeconds) * 1_000 + SLACK_MS;
