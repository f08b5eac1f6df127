import { write, writeSync } from 'node:fs';
import type { LineSink } from './gathered-lines.js';

/**
 * How soon a descriptor that was full is tried again, in milliseconds. A pipe of Linux holds 64 KiB, so that a reader who
 * was late for a moment is given some 13 MB a second: more than a replica writes.
 */
export const RETRY_MS = 5;
/** At the end of the process: what has not been taken by then is for a reader who does not read. In milliseconds. */
export const LAST_WRITE_MAX_MS = 500;
/** What waits is joined up to this many UTF-16 units: a write costs the same for one line and for a hundred. */
const JOINED_MAX = 16 * 1024;
const NEWLINE = 0x0a;

export interface DescriptorWriterOptions {
  readonly fd: number;
  /** Kept for a reader who is late, in bytes; what comes beyond it is lost. */
  readonly bytesMax: number;
  readonly onLost: (lines: number) => void;
}

/**
 * Writes lines to a descriptor in their order, one write at a time, and without holding the event loop up. What the
 * descriptor refuses (EPIPE: its reader is gone) is lost, and the process goes on.
 */
export class DescriptorWriter implements LineSink {
  private readonly waiting: (string | Buffer)[] = [];
  /** Of what waits, and of what is being written. */
  private bytes = 0;
  /** Something is being written, or is tried again soon. */
  private busy = false;
  private readonly whenWritten: (() => void)[] = [];

  constructor(private readonly options: DescriptorWriterOptions) {}

  write(lines: string): void {
    const bytes = Buffer.byteLength(lines);
    if (this.bytes + bytes > this.options.bytesMax) {
      this.options.onLost(linesIn(Buffer.from(lines)));
      return;
    }
    this.bytes += bytes;
    const last = this.waiting.at(-1);
    if (typeof last === 'string' && last.length + lines.length <= JOINED_MAX) {
      this.waiting[this.waiting.length - 1] = last + lines;
    } else this.waiting.push(lines);
    if (!this.busy) this.proceed();
  }

  /** @param done called when all that was given before has been written, or is lost */
  flush(done: () => void): void {
    if (this.busy) this.whenWritten.push(done);
    else done();
  }

  /** Blocks, for {@link LAST_WRITE_MAX_MS} at most. What another thread is writing right now stays with that one. */
  flushSync(): void {
    const endsAtMs = performance.now() + LAST_WRITE_MAX_MS;
    while (this.waiting.length > 0 && performance.now() < endsAtMs) {
      const chunk = this.take();
      try {
        this.wrote(chunk, writeSync(this.options.fd, chunk));
      } catch (error) {
        this.failed(chunk, error);
        if (isFull(error)) sleepSync(RETRY_MS);
      }
    }
  }

  private readonly proceed = (): void => {
    this.busy = this.waiting.length > 0;
    if (!this.busy) {
      for (const done of this.whenWritten.splice(0)) done();
      return;
    }
    const chunk = this.take();
    write(this.options.fd, chunk, (error, bytes) => {
      if (error) this.failed(chunk, error);
      else this.wrote(chunk, bytes);
      if (isFull(error)) setTimeout(this.proceed, RETRY_MS);
      else this.proceed();
    });
  };

  private take(): Buffer {
    const next = this.waiting.shift() ?? '';
    return typeof next === 'string' ? Buffer.from(next) : next;
  }

  private wrote(chunk: Buffer, bytes: number): void {
    this.bytes -= bytes;
    if (bytes < chunk.length) this.waiting.unshift(chunk.subarray(bytes));
  }

  private failed(chunk: Buffer, error: unknown): void {
    if (isFull(error)) {
      this.waiting.unshift(chunk);
      return;
    }
    this.bytes -= chunk.length;
    this.options.onLost(linesIn(chunk));
  }
}

/** A pipe that is full, where the descriptor does not block: it does not as soon as anybody has touched `process.stdout`. */
const isFull = (error: unknown): boolean => (error as NodeJS.ErrnoException | null)?.code === 'EAGAIN';

function linesIn(chunk: Buffer): number {
  let lines = 0;
  for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, at + 1)) lines += 1;
  return lines;
}

function sleepSync(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}
