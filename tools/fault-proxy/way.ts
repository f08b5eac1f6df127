/** The way of the bytes, seen from the proxy. */
export type Direction = 'toTarget' | 'toClient';

export interface Faults {
  readonly latencyMs: number;
  /** Added to the latency: from nothing to all of it, at random. */
  readonly jitterMs: number;
  /** Of each connection. */
  readonly bytesPerSecond: number;
  /** Nothing gets through, not even a goodbye; it is kept, and goes on its way when the hole is closed. */
  readonly blackHole: boolean;
}

const NO_FAULTS: Faults = { latencyMs: 0, jitterMs: 0, bytesPerSecond: Infinity, blackHole: false };
/** A slow way passes a slice each so often: small enough for a steady trickle. */
const SLICE_SECONDS = 0.05;
const SLICE_BYTES_MAX = 16 * 1024;

/** One direction of all connections: its faults now, and the waits that end early when these change. */
export class Way {
  private faults = NO_FAULTS;
  private changed = Promise.withResolvers<void>();

  /** How many bytes may be passed on at once. */
  get sliceBytes(): number {
    return Math.min(SLICE_BYTES_MAX, Math.max(1, Math.floor(this.faults.bytesPerSecond * SLICE_SECONDS)));
  }

  suffer(faults: Partial<Faults>): void {
    this.faults = { ...this.faults, ...faults };
    this.changed.resolve();
    this.changed = Promise.withResolvers();
  }

  heal(): void {
    this.suffer(NO_FAULTS);
  }

  /**
   * Resolves when bytes that came at this time may go on.
   * @param luck their share of the jitter, 0 to 1
   */
  async passable(arrivedAtMs = 0, luck = 0): Promise<void> {
    for (;;) {
      const { blackHole, latencyMs, jitterMs } = this.faults;
      const waitMs = blackHole ? Infinity : arrivedAtMs + latencyMs + jitterMs * luck - performance.now();
      if (waitMs <= 0) return;
      await this.changeWithin(waitMs);
    }
  }

  /** The time that so many bytes take. */
  async paced(bytes: number): Promise<void> {
    const waitMs = (bytes / this.faults.bytesPerSecond) * 1_000;
    if (waitMs > 0) await this.changeWithin(waitMs);
  }

  private async changeWithin(waitMs: number): Promise<void> {
    if (waitMs === Infinity) return this.changed.promise;
    let timer: NodeJS.Timeout | undefined;
    const over = new Promise<void>((resolve) => (timer = setTimeout(resolve, waitMs)));
    await Promise.race([over, this.changed.promise]);
    clearTimeout(timer);
  }
}
