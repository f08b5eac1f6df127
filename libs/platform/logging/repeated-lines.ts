import type { Logger, LogFn } from 'pino';
import { runOutsideRequest } from '#platform/context';
import { clip } from './clip.js';
import { kindOfLine } from './line-kind.js';
import { suppressedLines } from './log-metrics.js';

/** Kinds of line that are told apart at one time, less than a kilobyte each; beyond it the others of a level are one kind. */
const KINDS_MAX = 500;
/** Of a message, in the summary: what is long is in the lines that were written. */
const MESSAGE_LENGTH_MAX = 200;

const OTHERS = '(of many kinds)';

interface Window {
  written: number;
  suppressed: number;
  readonly timer: NodeJS.Timeout;
  readonly summarize: (suppressed: number) => void;
}

/** A line as it is about to be written. */
export interface Line {
  readonly logger: Logger;
  readonly write: LogFn;
  /** pino's number: 40 for `warn`. */
  readonly level: number;
  readonly fields: unknown;
  readonly message: string;
}

export interface RepeatBounds {
  /** Lines of one kind in one window. 0 suppresses none. */
  readonly max: number;
  readonly windowSeconds: number;
}

/**
 * Bounds what repeats itself: of one kind so many lines in a window, and at the window's end one that tells how many more
 * there were. A dependency that is away under load fails thousands of requests a second for one reason.
 */
export class RepeatedLines {
  private readonly windows = new Map<string, Window>();

  constructor(private readonly bounds: RepeatBounds) {}

  /** Kinds that have a window now. */
  get size(): number {
    return this.windows.size;
  }

  /** Whether the line is to be written; else it is counted. */
  admits(line: Line): boolean {
    if (this.bounds.max === 0) return true;
    const window = this.windowOf(line);
    if (window.written < this.bounds.max) {
      window.written += 1;
      return true;
    }
    window.suppressed += 1;
    suppressedLines.inc({ level: line.logger.levels.labels[line.level] ?? '' });
    return false;
  }

  /** Tells at once of all that is suppressed: the process ends. */
  flush(): void {
    for (const kind of this.windows.keys()) this.close(kind);
  }

  private windowOf(line: Line): Window {
    const kind = kindOfLine(line.level, line.fields, line.message);
    const known = this.windows.get(kind);
    if (known) return known;
    if (this.windows.size < KINDS_MAX) return this.open(kind, this.summaryOf(line));
    // A flood of ever new kinds is bounded, too; by level, so that what is told of least is not lost among the rest.
    const others = `others ${line.level}`;
    return this.windows.get(others) ?? this.open(others, this.summaryOf({ ...line, fields: {}, message: OTHERS }));
  }

  private open(kind: string, summarize: Window['summarize']): Window {
    const windowMs = this.bounds.windowSeconds * 1_000;
    // Of no request: the one that began it is not the one that the summary tells of.
    const timer = runOutsideRequest(() => setTimeout(() => this.close(kind), windowMs).unref());
    const window = { written: 0, suppressed: 0, timer, summarize };
    this.windows.set(kind, window);
    return window;
  }

  private close(kind: string): void {
    const window = this.windows.get(kind);
    if (!window) return;
    this.windows.delete(kind);
    clearTimeout(window.timer);
    if (window.suppressed > 0) window.summarize(window.suppressed);
  }

  /** Made of what the first line was, of which no more is kept than what is told. */
  private summaryOf({ logger, write, fields, message }: Line): (suppressed: number) => void {
    const { windowSeconds } = this.bounds;
    const told = pick(fields, ['context', 'errorCode', 'runbook', 'dependency', 'consumer', 'eventType']);
    const said = clip(message, MESSAGE_LENGTH_MAX);
    return (suppressed) => {
      const text = `… ${suppressed.toLocaleString('en')} more lines like this in ${windowSeconds} s: ${said}`;
      runOutsideRequest(() => write.call(logger, { ...told, suppressed, windowSeconds }, text));
    };
  }
}

const pick = (fields: unknown, names: readonly string[]): Record<string, unknown> =>
  typeof fields === 'object' && fields !== null
    ? Object.fromEntries(Object.entries(fields).filter(([name]) => names.includes(name)))
    : {};
