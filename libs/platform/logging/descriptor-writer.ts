import { writeSync } from 'node:fs';
import type { LineSink } from './gathered-lines.js';

/**
 * How soon a descriptor that was full is tried again, in milliseconds. A pipe of Linux holds 64 KiB, so that a reader who is
 * behind is given 13 MB a second at least, and the faster he reads the more.
 */
export const RETRY_MS = 5;
/** What was not taken within so many milliseconds at the end of the process is for a reader who does not read. */
export const LAST_WRITE_MAX_MS = 500;
/** What waits is joined up to this many UTF-16 units: a write costs the same for one line and for a hundred. */
const JOINED_MAX = 16 * 1024;
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
  private readonly waiting: (string | Buffer)[] = [];
  private waitingBytes = 0;
  private retry: NodeJS.Timeout | undefined;
  private patienceMs = LAST_WRITE_MAX_MS;
  private readonly whenEmpty: (() => void)[] = [];

  constructor(private readonly options: DescriptorWriterOptions) {}

  write(lines: string): void {
    const bytes = Buffer.byteLength(lines);
    if (this.waitingBytes + bytes > this.options.bytesMax) {
      this.options.onLost(linesIn(Buffer.from(lines)));
      return;
    }
    this.waitingBytes += bytes;
    const last = this.waiting.at(-1);
    if (typeof last === 'string' && last.length + lines.length <= JOINED_MAX) {
      this.waiting[this.waiting.length - 1] = last + lines;
    } else this.waiting.push(lines);
    if (!this.retry) this.proceed();
  }

  /** @param done called when nothing waits any more */
  flush(done: () => void): void {
    if (this.waiting.length === 0) done();
    else this.whenEmpty.push(done);
  }

  /** Blocks; for {@link LAST_WRITE_MAX_MS} in all, however often it is called, until everything has been taken again. */
  flushSync(): void {
    while (!this.wroteAll() && this.patienceMs > 0) {
      sleepSync(RETRY_MS);
      this.patienceMs -= RETRY_MS;
    }
  }

  private readonly proceed = (): void => {
    this.retry = undefined;
    if (!this.wroteAll()) this.retry = setTimeout(this.proceed, RETRY_MS);
  };

  /** Writes until nothing waits, or the descriptor is full. */
  private wroteAll(): boolean {
    for (let next = this.waiting.shift(); next !== undefined; next = this.waiting.shift()) {
      const chunk = typeof next === 'string' ? Buffer.from(next) : next;
      try {
        const bytes = writeSync(this.options.fd, chunk);
        this.waitingBytes -= bytes;
        if (bytes < chunk.length) this.waiting.unshift(chunk.subarray(bytes));
      } catch (error) {
        if (isFull(error)) {
          this.waiting.unshift(chunk);
          return false;
        }
        this.waitingBytes -= chunk.length;
        this.options.onLost(linesIn(chunk));
      }
    }
    this.patienceMs = LAST_WRITE_MAX_MS;
    for (const done of this.whenEmpty.splice(0)) done();
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
