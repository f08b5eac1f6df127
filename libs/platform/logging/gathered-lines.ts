/** What writes. */
export interface LineSink {
  write(lines: string): unknown;
  flush(done: () => void): void;
  flushSync(): void;
}

/** How long a line may wait that tells of nothing but an answer, for others to be written with. In milliseconds. */
export const GATHER_MS = 10;
/** More is not gathered, in UTF-16 units: a quarter of what a pipe of Linux holds. */
const LENGTH_MAX = 16 * 1024;

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

  flush(done: () => void = () => undefined): void {
    this.handOn();
    this.sink.flush(done);
  }

  flushSync(): void {
    this.handOn();
    this.sink.flushSync();
  }

  private add(line: string): void {
    if (this.lines.length + line.length > LENGTH_MAX) this.handOn();
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
