import type { Trends } from '../history/trends.js';
import type { ErrorKind } from '../states/recent-errors.js';

/** Raised when a member is taken away or means something else; more of them may come at any time. */
export const SNAPSHOT_VERSION = 1;

/** `starting`, `draining`: where the process stands; else how it fares. `not-ready`: balancers are told to send nothing. */
export type OverallState = 'starting' | 'up' | 'degraded' | 'not-ready' | 'draining';

export interface Build {
  readonly name: string;
  readonly version: string;
  readonly commit: string;
  readonly runtime: string;
}

export interface ServiceState extends Build {
  readonly state: OverallState;
  /** Whether the readiness probe sends it traffic. */
  readonly takesTraffic: boolean;
  readonly phase: string;
  readonly phaseSinceMs: number;
  readonly startedAtMs: number;
  readonly uptimeSeconds: number;
}

/** Something to see to, in words that change only when the trouble does. */
export interface Concern {
  readonly what: string;
  /** Since when at the latest, in milliseconds since 1970; null: not known. */
  readonly sinceMs: number | null;
  /** It is as old as the history: it may have begun before. */
  readonly orEarlier: boolean;
}

export interface ContributorState {
  readonly name: string;
  readonly status: string;
  /** Since when it has been seen so, by whoever looked. */
  readonly seenSinceMs: number;
  readonly facts: Readonly<Record<string, string | number | boolean>>;
}

/** Of the last minute. Durations are estimates: interpolated within the buckets of the histogram. */
export interface Flow {
  readonly perSecond: number;
  readonly failuresPerSecond: number;
  /** 0 to 1; null: there was nothing. */
  readonly failureRatio: number | null;
  readonly p50Seconds: number | null;
  readonly p95Seconds: number | null;
  readonly p99Seconds: number | null;
}

export interface Named extends Flow {
  readonly name: string;
}

export interface DependencyState extends Named {
  /** Null: its calls are counted, and no breaker stands before it. The time is that since when it is closed, or is not. */
  readonly breaker: { readonly state: string; readonly changedAtMs: number | null } | null;
  readonly running: number | null;
  readonly queued: number | null;
  /** The last spell of failures; null: none in the history. */
  readonly failingSinceMs: number | null;
  /** It is as old as the history: it may have begun before. */
  readonly failingOrEarlier: boolean;
  readonly lastFailureAtMs: number | null;
  readonly isFailing: boolean;
}

export interface CacheState {
  readonly name: string;
  readonly perSecond: number;
  /** Fresh and stale hits of all reads; null: there was none. */
  readonly hitRatio: number | null;
  readonly perSecondByResult: Readonly<Record<string, number>>;
}

export interface PoolState {
  readonly name: string;
  readonly used: number;
  readonly idle: number;
  readonly waiting: number;
  readonly max: number;
}

export interface OutboxState {
  readonly pending: number;
  readonly oldestAgeSeconds: number;
  readonly dead: number;
}

export interface EventFlow {
  /** The type of what is consumed; `all` of what is sent. */
  readonly name: string;
  readonly direction: 'sent' | 'consumed';
  readonly outcome: string;
  readonly perMinute: number;
  readonly total: number;
}

export interface DegradedFeature {
  readonly name: string;
  readonly source: string;
  readonly perSecond: number;
  readonly total: number;
}

export interface ProcessState {
  /** Of one core. */
  readonly cpuRatio: number;
  readonly eventLoopRatio: number;
  readonly heapUsedBytes: number;
  readonly heapLimitBytes: number;
  readonly rssBytes: number;
}

/** All that the page shows, and that `/operations.json` gives. Null, or empty: there is no such thing in this service. */
export interface OperationsSnapshot {
  readonly snapshotVersion: typeof SNAPSHOT_VERSION;
  readonly atMs: number;
  /** What "the last minute" is: shorter after a start. */
  readonly windowSeconds: number;
  readonly service: ServiceState;
  readonly concerns: readonly Concern[];
  readonly traffic: Flow & { readonly inFlight: number; readonly shedPerSecond: number };
  readonly process: ProcessState;
  readonly health: readonly ContributorState[];
  readonly dependencies: readonly DependencyState[];
  readonly degraded: readonly DegradedFeature[];
  readonly routes: readonly Named[];
  readonly errors: readonly ErrorKind[];
  readonly caches: readonly CacheState[];
  readonly pools: readonly PoolState[];
  readonly outbox: OutboxState | null;
  readonly events: readonly EventFlow[];
  readonly uniqueClients: { readonly minute: number; readonly day: number } | null;
  readonly trends: Trends;
}
