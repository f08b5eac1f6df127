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

/**
 * Says no at once, before a body is read, when saying yes would make everybody late: a request that is refused costs a
 * fraction of one that is answered, and one that times out costs as much and gives nothing.
 */
export class LoadShedder {
  private readonly limits: { readonly reads: number; readonly writes: number };
  private listener: (reason: ShedReason) => void = () => undefined;

  constructor(
    private readonly settings: SheddingSettings,
    private readonly load: { readonly latest: LoadSample },
  ) {
    const { inFlightMax } = settings;
    const lower = Math.max(1, Math.floor(inFlightMax * FIRST_SHARE));
    this.limits =
      settings.first === 'writes' ? { reads: inFlightMax, writes: lower } : { reads: lower, writes: inFlightMax };
  }

  /** Tells of each refusal, from now on. */
  observe(listener: (reason: ShedReason) => void): void {
    this.listener = listener;
  }

  refuses(method: string, load: Load): boolean {
    const reason = this.reasonFor(method, load);
    if (reason) this.listener(reason);
    return reason !== null;
  }

  /** Why it would be refused, or null: asked without being told of. */
  reasonFor(method: string, { working, receiving }: Load): ShedReason | null {
    const isRead = READS.has(method);
    if (working >= (isRead ? this.limits.reads : this.limits.writes)) return 'in-flight';
    if (!isRead && receiving >= this.settings.receivingMax) return 'receiving';
    const { eventLoopDelayMs, heapRatio } = this.load.latest;
    if (eventLoopDelayMs > this.settings.eventLoopDelayMs) return 'event-loop-delay';
    return heapRatio > this.settings.heapRatioMax ? 'heap' : null;
  }
}
