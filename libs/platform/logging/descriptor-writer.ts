import { writeSync } from 'node:fs';
import type { LineSink } from './gathered-lines.js';
import { WaitingLines } from './waiting-lines.js';

/**
 * How soon a descriptor that was full is tried again, in milliseconds: the least while it takes something each time, so that
 * a reader of a pipe of Linux, which holds 64 KiB, is given up to 64 MB a second; twice as long each time that it takes
 * nothing, up to the most, so that one who reads no more costs nothing to speak of.
 */
export const RETRY_MIN_MS = 1;
export const RETRY_MAX_MS = 32;
/** What was not taken within so many milliseconds at the end of the process is for a reader who does not read. */
export const LAST_WRITE_MAX_MS = 500;
const NEWLINE = 0x0a;

export interface DescriptorWriterOptions {
  /** One that does not block: EAGAIN is what tells that it is full. */
  readonly fd: number;
  /** Kept for a reader who is late, in bytes; what comes beyond it is lost. */
  readonly bytesMax: number;
  readonly onLost: (lines: number) => void;
}

/**
 * Writes lines to a descriptor in their order, at once where it takes them. None is ever on its way in another thread: what is
 * written last, or by a process that ends, comes last and whole. What the descriptor refuses (EPIPE: its reader is gone) is
 * lost, and the process goes on.
 */
export class DescriptorWriter implements LineSink {
  private readonly waiting: WaitingLines;
  private retry: NodeJS.Timeout | undefined;
  private retryAtMs = 0;
  private retryMs = RETRY_MIN_MS;
  private patienceMs = LAST_WRITE_MAX_MS;

  constructor(private readonly options: DescriptorWriterOptions) {
    this.waiting = new WaitingLines(options.bytesMax);
  }

  write(lines: string): void {
    if (!this.waiting.add(lines)) this.options.onLost(linesIn(Buffer.from(lines)));
    // Also in a turn of the event loop that takes longer than that: timers come after it.
    if (!this.retry || performance.now() >= this.retryAtMs) this.proceed();
  }

  /** Blocks; for {@link LAST_WRITE_MAX_MS} in all, however often it is called, until everything has been taken again. */
  flushSync(): void {
    const endsAtMs = performance.now() + this.patienceMs;
    while (!this.wroteAll()) {
      this.patienceMs = Math.max(0, endsAtMs - performance.now());
      if (this.patienceMs === 0) return;
      sleepSync(RETRY_MIN_MS);
    }
  }

  private readonly proceed = (): void => {
    clearTimeout(this.retry);
    this.retry = undefined;
    if (this.wroteAll()) return;
    this.retryAtMs = performance.now() + this.retryMs;
    this.retry = setTimeout(this.proceed, this.retryMs);
    this.retryMs = Math.min(2 * this.retryMs, RETRY_MAX_MS);
  };

  /** Writes until nothing waits, or the descriptor is full. */
  private wroteAll(): boolean {
    for (let chunk = this.waiting.take(); chunk; chunk = this.waiting.take()) {
      try {
        const bytes = writeSync(this.options.fd, chunk);
        this.retryMs = RETRY_MIN_MS;
        if (bytes < chunk.length) this.waiting.putBack(chunk.subarray(bytes));
      } catch (error) {
        if (isFull(error)) {
          this.waiting.putBack(chunk);
          return false;
        }
        this.options.onLost(linesIn(chunk));
      }
    }
    this.patienceMs = LAST_WRITE_MAX_MS;
    return true;
  }
}

const isFull = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'EAGAIN';

function linesIn(chunk: Buffer): number {
  let lines = 0;
  for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, at + 1)) lines += 1;
  return lines;
}

function sleepSync(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}
