import type { Resource } from '../api/resource.ts';
import type { ServiceName } from '../stage/services.ts';
import type { Stage } from '../stage/stage.ts';
import type { PromiseId } from './promises.ts';

/** What a trial found. */
export interface Finding {
  /** In a few words and numbers. */
  readonly measured: string;
  /** What was to be: the same words and numbers, as they should be. */
  readonly bound: string;
  readonly holds: boolean;
  /** What of the promise could not be tried here, each with its reason. */
  readonly gaps?: readonly string[];
}

/** The promise is about something that is not here. */
export interface Inapplicable {
  readonly inapplicable: string;
}

interface Described {
  readonly promise: PromiseId;
  /** The promise, in one sentence. */
  readonly says: string;
  /** How it is tried, in one sentence. */
  readonly how: string;
  /** Services beside Postgres that it needs. */
  readonly needs?: readonly ServiceName[];
  /** Instead of {@link TRIAL_TIMEOUT_MS}. */
  readonly timeoutMs?: number;
}

/** One promise, tried once. It throws for what it can't go on without, which is a failure as well. */
export interface Trial extends Described {
  readonly run: (stage: Stage) => Promise<Finding | Inapplicable>;
}

/** One promise, tried on each resource of the API by itself: those of modules that nobody knew of when it was written. */
export interface ResourceTrial extends Described {
  readonly runOn: (stage: Stage, resource: Resource) => Promise<Finding | Inapplicable>;
}

export type AnyTrial = Trial | ResourceTrial;

/** Ends a trial that hangs. Those that are slow by their nature say how long they take. */
export const TRIAL_TIMEOUT_MS = 30_000;

export interface Verdict {
  readonly promise: PromiseId;
  /** The resource of the API that it is about: `orders`; null for the whole. */
  readonly resource: string | null;
  readonly says: string;
  readonly how: string;
  readonly outcome: 'pass' | 'fail' | 'not tried';
  /** Whether it ended by an error or at its bound, and found nothing: a failure, but of what is not told. */
  readonly threw: boolean;
  readonly measured: string;
  readonly bound: string;
  /** Why it was not tried, or what of it was not. */
  readonly gaps: readonly string[];
  readonly tookMs: number;
}
