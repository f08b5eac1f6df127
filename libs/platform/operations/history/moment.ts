import type { Labels } from './metric-reader.js';
import type { Tally, TallySet } from './tally.js';

export interface Count {
  readonly labels: Labels;
  readonly value: number;
}

/** What is only compared with what was a minute before. */
export interface Detail {
  /** By method and route template: `GET /v1/products/:id`. */
  readonly routes: TallySet;
  readonly dependencies: TallySet;
  /** Counters, by the name of the metric. */
  readonly counters: Readonly<Record<string, readonly Count[]>>;
}

/** The process at one moment. Counts are since its start; null: there is no such thing here. */
export interface Moment {
  readonly atMs: number;
  readonly requests: Tally;
  readonly shed: number;
  readonly degraded: number;
  /** Failed calls of each dependency. */
  readonly failures: ReadonlyMap<string, number>;
  readonly inFlight: number;
  readonly poolUsed: number | null;
  readonly poolWaiting: number | null;
  readonly outboxPending: number | null;
  /** CPU time of all threads, in milliseconds. */
  readonly cpuMs: number;
  /** Time that the event loop has worked, in milliseconds. */
  readonly loopActiveMs: number;
  readonly heapUsedBytes: number;
  readonly heapLimitBytes: number;
  /** Dropped when it is older than what anything is compared with. */
  detail: Detail | undefined;
}
