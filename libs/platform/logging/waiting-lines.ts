/** Lines are joined up to this many UTF-16 units, a quarter of what a pipe of Linux holds: a write costs the same for one and for a hundred. */
export const JOINED_MAX = 16 * 1024;

/** Lines that wait for their reader, in their order, bounded in bytes. */
export class WaitingLines {
  private readonly chunks: (string | Buffer)[] = [];
  private bytes = 0;

  constructor(private readonly bytesMax: number) {}

  /** Gives whether there was room for them. */
  add(lines: string): boolean {
    const bytes = Buffer.byteLength(lines);
    if (this.bytes + bytes > this.bytesMax) return false;
    this.bytes += bytes;
    const last = this.chunks.at(-1);
    if (typeof last === 'string' && last.length + lines.length <= JOINED_MAX) {
      this.chunks[this.chunks.length - 1] = last + lines;
    } else this.chunks.push(lines);
    return true;
  }

  /** What comes first waits no more; undefined when nothing does. */
  take(): Buffer | undefined {
    const first = this.chunks.shift();
    if (first === undefined) return undefined;
    const chunk = typeof first === 'string' ? Buffer.from(first) : first;
    this.bytes -= chunk.length;
    return chunk;
  }

  /** What was taken and not written comes first again. */
  putBack(rest: Buffer): void {
    this.chunks.unshift(rest);
    this.bytes += rest.length;
  }
}
