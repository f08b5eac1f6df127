import { JOINED_MAX } from './waiting-lines.js';

/** What writes. */
export interface LineSink {
  write(lines: string): unknown;
  flushSync(): void;
}

/** How long a line may wait that tells of nothing but an answer, for others to be written with. In milliseconds. */
export const GATHER_MS = 10;

/**
 * Lines that are handed on as one. A write to the pipe costs as much as a third of a request, for one line or for a hundred.
 * The lines of one turn of the event loop go together, and those of requests that went well within {@link GATHER_MS}: whatever
 * else is written takes along all that waits, in its order. What a process wrote last is handed on at its end, but for an end
 * that runs nothing: SIGKILL, abort(), no memory.
 */
export class GatheredLines implements LineSink {
  private lines = '';
  private turn: NodeJS.Immediate | undefined;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly sink: LineSink) {
    process.on('exit', () => this.flushSync());
  }

  /** At the end of this turn of the event loop. */
  write(line: string): void {
    this.add(line);
    this.turn ??= setImmediate(this.handOn);
  }

  /** Soon. */
  writeSoon(line: string): void {
    this.add(line);
    this.timer ??= setTimeout(this.handOn, GATHER_MS);
  }

  flushSync(): void {
    this.handOn();
    this.sink.flushSync();
  }

  private add(line: string): void {
    if (this.lines.length + line.length > JOINED_MAX) this.handOn();
    this.lines += line;
  }

  private readonly handOn = (): void => {
    clearImmediate(this.turn);
    clearTimeout(this.timer);
    this.turn = this.timer = undefined;
    const { lines } = this;
    this.lines = '';
    if (lines !== '') this.sink.write(lines);
  };
}
