import { setImmediate as turn, setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Lifecycle } from './lifecycle.js';

/** What a shutdown takes down, in this order. */
export interface Stoppable {
  /** Stops accepting; resolves when what is in flight is answered and the last connection has ended. */
  drainConnections(): Promise<void>;
  /** Finishes or gives back what the process does for nobody in particular. */
  stopBackgroundWork(): Promise<void>;
  /** Closes what both needed: the pools. */
  close(): Promise<void>;
  closeAllConnections(): void;
  /** After `close`: sends the spans that wait, for no longer than that. Never rejects. */
  flushTraces(withinMs: number): Promise<void>;
  /** After `close`: the management port, which must tell the state until the end. */
  closeManagement(): Promise<void>;
  /** Writes what waits to be told together with others. The exit gives it to whoever reads. */
  flushLogs(): void;
  exit(code: number): void;
}

/** A collector that is well takes what waits in some tens of milliseconds. */
export const TRACE_FLUSH_MAX_MS = 2_000;
/** Left for what comes after the traces. */
const RESERVE_MS = 500;

export interface ShutdownOptions {
  readonly reason: string;
  readonly drainDelayMs: number;
  /** From the call to the exit at the latest, in milliseconds; last lines that nobody reads hold it up for half a second. */
  readonly timeoutMs: number;
}

/**
 * The one way out. Readiness fails first; after the drain delay no new connection is taken; what is in flight ends,
 * background work too; pools close; traces and logs are flushed; the process exits: with 0, or with 1 after a failure.
 */
export class Shutdown {
  private begun = false;
  private left = false;
  private exitCode = 0;
  private endsAtMs = Infinity;
  private bound: NodeJS.Timeout | undefined;
  private readonly pause = new AbortController();

  constructor(
    private readonly lifecycle: Lifecycle,
    private readonly service: Stoppable,
    private readonly logger: Logger,
  ) {}

  get underway(): boolean {
    return this.begun;
  }

  /** From now on the exit code tells that something went wrong. */
  failed(): void {
    this.exitCode = 1;
  }

  /** Asked again with less time, or with no drain delay, it hurries. */
  async run({ reason, drainDelayMs, timeoutMs }: ShutdownOptions): Promise<void> {
    this.endWithin(timeoutMs);
    if (drainDelayMs === 0) this.pause.abort();
    if (this.begun) return;
    this.begun = true;
    const startedAtMs = performance.now();
    this.logger.info({ reason, drainDelayMs, timeoutMs }, 'shutting down');
    this.lifecycle.draining();
    try {
      await delay(drainDelayMs, undefined, { signal: this.pause.signal }).catch(() => undefined);
      await Promise.all([this.service.drainConnections(), this.service.stopBackgroundWork()]);
      await this.service.close();
      await this.service.flushTraces(this.traceFlushMs());
      await this.service.closeManagement();
    } catch (error) {
      this.logger.error({ err: error }, 'shutdown failed');
      this.failed();
    }
    const durationMs = Math.round(performance.now() - startedAtMs);
    this.logger.info({ reason, exitCode: this.exitCode, durationMs }, 'stopped');
    this.leave();
  }

  /** The end at once, with 1: the bound is over, or somebody asked a second time. */
  abandon(why: string): void {
    this.logger.error({ why }, 'shutdown abandoned: open connections are cut');
    this.failed();
    this.service.closeAllConnections();
    void this.cutsAreTold().then(() => this.leave());
  }

  /** Traces are no reason to miss the bound, and to end with 1. */
  private traceFlushMs(): number {
    const leftMs = this.endsAtMs - performance.now() - RESERVE_MS;
    return Math.max(0, Math.min(TRACE_FLUSH_MAX_MS, leftMs));
  }

  /** The earliest of all bounds holds. */
  private endWithin(timeoutMs: number): void {
    const endsAtMs = performance.now() + timeoutMs;
    if (endsAtMs >= this.endsAtMs) return;
    this.endsAtMs = endsAtMs;
    clearTimeout(this.bound);
    this.bound = setTimeout(() => this.abandon(`not done after ${timeoutMs} ms`), timeoutMs);
  }

  /** A connection that is cut ends its requests, with their lines, when the event loop closes handles: after the next turn. */
  private async cutsAreTold(): Promise<void> {
    await turn();
    await turn();
  }

  private leave(): void {
    if (this.left) return;
    this.left = true;
    clearTimeout(this.bound);
    this.service.flushLogs();
    this.service.exit(this.exitCode);
  }
}
