import { setImmediate as turn } from 'node:timers/promises';

const TICK_MS = 50;
/** Of the time that was waited, how much the event loop has to have run for the wait to count. */
const RUNNING_SHARE_MIN = 0.5;

/**
 * Watches the event loop while something is waited for. Timers that ran out while the loop stood still fire before what
 * has arrived meanwhile is read: such a time-out says nothing of the one that was waited for.
 */
export class LoopWatch {
  private readonly startedAtMs = performance.now();
  private ticks = 0;
  private readonly timer = setInterval(() => (this.ticks += 1), TICK_MS).unref();

  /** Whether the loop stood still for half of the time since the start, or longer. */
  async stoodStill(): Promise<boolean> {
    await turn(); // the timer that tells may be behind the one that ran out
    const waitedMs = performance.now() - this.startedAtMs;
    return waitedMs > 2 * TICK_MS && this.ticks * TICK_MS < waitedMs * RUNNING_SHARE_MIN;
  }

  stop(): void {
    clearInterval(this.timer);
  }
}
