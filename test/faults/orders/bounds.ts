import { SLACK_MS } from '#platform/testing';

/** A relay that was killed in the middle of a round keeps what it had claimed for so long. */
const LEASE_MS = 30_000;
/** The longest waits of who looks for a broker that was away: the relay's (5 s), after the connection's (2 s). */
const RETURN_MS = 7_000;

/** From the return of the broker until everything that waited has had its effect, on a machine that does much else. */
export const CAUGHT_UP_MS = RETURN_MS + 20_000;
/** The same after a kill, when it came in the worst of moments. */
export const CAUGHT_UP_AFTER_KILL_MS = LEASE_MS + CAUGHT_UP_MS;
/** From an order to what is learned of it, when nothing is broken. */
export const LEARNED_MS = 10_000 + SLACK_MS;
/** Gauges of the outbox are set every two seconds. */
export const GAUGE_MS = 2_000 + 3_000 + SLACK_MS;
/** A test waits for its own bounds, and not for Jest's. */
export const TEST_MS = CAUGHT_UP_AFTER_KILL_MS + 30_000;
/** What a process takes to end when nothing holds it up any more. */
export const END_MS = 3_000 + SLACK_MS;
