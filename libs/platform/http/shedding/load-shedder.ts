import { appError } from '#kernel/app-error';
import type { LoadSample } from './load-monitor.js';
import type { SheddingSettings } from './shedding.settings.js';

export class Overloaded extends appError({
  code: 'platform.overloaded',
  kind: 'unavailable',
  title: 'The service is overloaded',
  remedy: 'Try again after the number of seconds in Retry-After; nothing was done.',
}) {
  constructor() {
    super('This replica has more work than it can do in time.');
  }
}

export const SHED_REASONS = ['in-flight', 'receiving', 'event-loop-delay', 'heap'] as const;

export type ShedReason = (typeof SHED_REASONS)[number];

/** What a replica has in hand, the request in question not among it. */
export interface Load {
  /** Requests that are here and not answered. */
  readonly working: number;
  /** Requests whose body has not arrived: slow clients must not take the room of the others. */
  readonly receiving: number;
}

/** What is shed first is refused from this share of the limit on. */
const FIRST_SHARE = 0.8;

const READS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Of what may be in flight, each time that the event loop is late: from 200 to nothing in eight samples, two seconds. */
const LATE_FACTOR = 0.5;
/** Of SHED_IN_FLIGHT_MAX, each time that it isn't. */
const TIMELY_STEP = 0.1;

/**
 * Says no before a body is read, when saying yes would make everybody late: a request that is refused costs a fraction of one
 * that is answered, and one that times out costs as much and gives nothing. An event loop that is late lowers the limit step
 * by step, and does not close the door: what made it late is, as a rule, what was let in, and of that there may be some.
 */
export class LoadShedder {
  private readonly ofFirst: { readonly reads: number; readonly writes: number };
  private admittedShare = 1;
  private heapIsFull = false;
  private listener: (reason: ShedReason) => void = () => undefined;

  constructor(private readonly settings: SheddingSettings) {
    this.ofFirst = settings.first === 'writes' ? { reads: 1, writes: FIRST_SHARE } : { reads: FIRST_SHARE, writes: 1 };
  }

  /** Tells of each refusal, from now on. */
  observe(listener: (reason: ShedReason) => void): void {
    this.listener = listener;
  }

  /** To be told of each sample, one after the other. */
  adapt({ eventLoopDelayMs, heapRatio }: LoadSample): void {
    this.heapIsFull = heapRatio > this.settings.heapRatioMax;
    const isLate = eventLoopDelayMs > this.settings.eventLoopDelayMs;
    const share = isLate ? this.admittedShare * LATE_FACTOR : Math.min(1, this.admittedShare + TIMELY_STEP);
    this.admittedShare = share * this.settings.inFlightMax < 1 ? 0 : share;
  }

  refuses(method: string, load: Load): boolean {
    const reason = this.reasonFor(method, load);
    if (reason) this.listener(reason);
    return reason !== null;
  }

  /** Why it would be refused, or null: asked without being told of. */
  reasonFor(method: string, { working, receiving }: Load): ShedReason | null {
    const isRead = READS.has(method);
    const limit = Math.max(1, Math.floor(this.settings.inFlightMax * this.ofFirst[isRead ? 'reads' : 'writes']));
    if (working >= limit) return 'in-flight';
    if (!isRead && receiving >= this.settings.receivingMax) return 'receiving';
    if (working >= limit * this.admittedShare) return 'event-loop-delay';
    return this.heapIsFull ? 'heap' : null;
  }
}
