import type { Level, Logger } from 'pino';
import { runOutsideRequest } from '#platform/context';
import { LINE_OF_ITS_OWN } from './line-of-its-own.js';

/** What may be asked for. Not less than errors: whoever has no business here must not work in silence. */
export const RUNTIME_LEVELS = ['error', 'warn', 'info', 'debug', 'trace'] as const satisfies readonly Level[];
export type RuntimeLevel = (typeof RUNTIME_LEVELS)[number];

/** A level that somebody forgets must not fill the disk until the next deploy. */
export const LEVEL_SECONDS = { default: 600, max: 3600 } as const;

export interface LogLevelState {
  readonly level: string;
  /** LOG_LEVEL, to which it falls back by itself. */
  readonly configuredLevel: string;
  /** When it falls back, UTC in ISO 8601; null while it is the configured one. */
  readonly until: string | null;
}

/** The level of the process's logger, and of every logger that comes from it, which may be another for a while. */
export class LogLevel {
  private readonly configured: string;
  private fallback: NodeJS.Timeout | undefined;
  private until: Date | undefined;

  constructor(private readonly logger: Logger) {
    this.configured = logger.level;
  }

  get state(): LogLevelState {
    const until = this.until?.toISOString() ?? null;
    return { level: this.logger.level, configuredLevel: this.configured, until };
  }

  /**
   * For so long; the configured level ends what was asked for before.
   * @param by whoever asked, for the line that tells of it
   */
  set(level: RuntimeLevel, forSeconds: number, by: Readonly<Record<string, unknown>>): void {
    const from = this.logger.level;
    clearTimeout(this.fallback);
    this.until = undefined;
    if (level !== this.configured) {
      this.until = new Date(Date.now() + forSeconds * 1_000);
      this.fallback = runOutsideRequest(() => setTimeout(() => this.fallBack(), forSeconds * 1_000).unref());
    }
    this.change(level, { from, to: level, until: this.state.until, ...by }, 'log level changed');
  }

  private fallBack(): void {
    const { level: from } = this.logger;
    this.until = undefined;
    this.change(this.configured, { from, to: this.configured }, 'log level is the configured one again');
  }

  /** Told whatever the levels are, before and after, and however often it is changed. */
  private change(level: string, fields: Readonly<Record<string, unknown>>, message: string): void {
    if (!this.logger.isLevelEnabled('warn')) this.logger.level = 'warn';
    this.logger.warn({ [LINE_OF_ITS_OWN]: true, ...fields }, message);
    this.logger.level = level;
  }
}
