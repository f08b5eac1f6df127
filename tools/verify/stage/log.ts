/** Far above what a whole run makes. Beyond it lines are dropped: then no secret can be said to be in none. */
const LINES_MAX = 300_000;

export interface LogLine {
  readonly level?: string;
  readonly msg?: string;
  readonly [field: string]: unknown;
}

/** What all processes have said, in order, each line with whose it is. */
export class Log {
  readonly lines: { readonly who: string; readonly text: string }[] = [];
  /** Lines that were more than is kept. */
  dropped = 0;

  line(who: string, text: string): void {
    if (this.lines.length < LINES_MAX) this.lines.push({ who, text });
    else this.dropped += 1;
  }

  textsOf(who: string): readonly string[] {
    return this.lines.filter((line) => line.who === who).map(({ text }) => text);
  }

  /** The lines of one process that are JSON, read. */
  of(who: string): readonly LogLine[] {
    return this.textsOf(who).flatMap((text) => {
      try {
        return [JSON.parse(text) as LogLine];
      } catch {
        return [];
      }
    });
  }

  /** The last lines of a process, for who asks why it ended. */
  lastOf(who: string, count = 8): string {
    return this.textsOf(who).slice(-count).join('\n');
  }
}
