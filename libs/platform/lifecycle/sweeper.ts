import { BackgroundWork } from './background-work.js';

export interface SweepPolicy {
  /** The wait before each sweep is drawn from these: replicas that were started together do not sweep together. */
  readonly waitMs: { readonly min: number; readonly max: number };
  /** Rows to a statement: it locks so many, for some milliseconds. */
  readonly batch: number;
  /** Statements in a row: what a sweep leaves, the next one takes. */
  readonly batchesMax: number;
}

/** Deletes what is old, now and then, for as long as the service serves. */
export abstract class Sweeper extends BackgroundWork {
  private timer: NodeJS.Timeout | undefined;
  private sweeping: Promise<void> = Promise.resolve();
  private stopped = false;

  protected constructor(private readonly policy: SweepPolicy) {
    super();
  }

  override start(): void {
    const { min, max } = this.policy.waitMs;
    const sweepAndGoOn = (): void => {
      this.sweeping = this.sweep().finally(() => !this.stopped && this.start());
    };
    this.timer = setTimeout(sweepAndGoOn, min + Math.random() * (max - min)).unref();
  }

  /** The batch that is under way is waited for, and its statement has bounds; no other begins. */
  override async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.sweeping;
  }

  /** Never rejects: what was not swept now is swept later. */
  abstract sweep(): Promise<void>;

  /** @param forget deletes up to `limit`, and gives how many there were */
  protected async inBatches(forget: (limit: number) => Promise<number>): Promise<void> {
    const { batch: limit, batchesMax } = this.policy;
    for (let batch = 0; batch < batchesMax && !this.stopped; batch += 1) {
      if ((await forget(limit)) < limit) return;
    }
  }
}
