import { pino, type Logger } from 'pino';
import type { LineSink } from './gathered-lines.js';

const { chindingsSym, streamSym } = pino.symbols;

/** pino's stream: the process's own, or a test's. */
interface LineStream extends Pick<LineSink, 'write'> {
  writeSoon?(line: string): void;
}

/**
 * Lines whose every field is known, given as the text of JSON by whoever has them: past the merging, redaction and
 * serializers that a line needs of which nobody knows what it holds, and which take four fifths of its time. They go to
 * the logger's own stream, with its level, its time and its bindings in front.
 */
export class JsonLines {
  private readonly bindings: string;
  private readonly stream: LineStream;

  constructor(private readonly logger: Logger) {
    // Exported by pino for this purpose, and untyped.
    const inner = logger as unknown as Readonly<Record<symbol, unknown>>;
    this.bindings = inner[chindingsSym] as string;
    this.stream = inner[streamSym] as LineStream;
  }

  isEnabled(level: 'info' | 'warn' | 'error'): boolean {
    return this.logger.isLevelEnabled(level);
  }

  /**
   * One of level info may wait for others to be written with, where the stream gathers them.
   * @param members from {@link textMember} and {@link jsonMember}
   * @param message a constant of the code
   */
  write(level: 'info' | 'warn' | 'error', members: string, message: string): void {
    const line = `{"level":"${level}","time":"${isoNow()}"${this.bindings}${members},"msg":"${message}"}\n`;
    if (level === 'info' && this.stream.writeSoon) this.stream.writeSoon(line);
    else this.stream.write(line);
  }
}

/** `,"name":"text"`, or nothing where there is no text. @param name a constant of the code */
export const textMember = (name: string, text: string | undefined): string =>
  text === undefined ? '' : `,"${name}":${JSON.stringify(text)}`;

/** The same of any value. */
export const jsonMember = (name: string, value: object | undefined): string =>
  value === undefined ? '' : `,"${name}":${JSON.stringify(value)}`;

let told = { atMs: NaN, text: '' };

/** Many lines are of one millisecond. */
function isoNow(): string {
  const atMs = Date.now();
  if (atMs !== told.atMs) told = { atMs, text: new Date(atMs).toISOString() };
  return told.text;
}
