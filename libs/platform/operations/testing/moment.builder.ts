import type { Moment } from '../history/moment.js';
import { NO_CALLS } from '../history/tally.js';

const NO_TALLIES = { bounds: [], byName: new Map() };

/** A moment of a process to which nothing has happened. */
export const aMoment = (over: Partial<Moment> = {}): Moment => ({
  ...{ atMs: 0, requests: NO_CALLS, shed: 0, degraded: 0, failures: new Map(), inFlight: 0 },
  ...{ poolUsed: null, poolWaiting: null, outboxPending: null },
  ...{ cpuMs: 0, loopActiveMs: 0, heapUsedBytes: 1, heapLimitBytes: 10 },
  detail: { routes: NO_TALLIES, dependencies: NO_TALLIES, counters: {} },
  ...over,
});
