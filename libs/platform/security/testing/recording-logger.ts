import type { LoggerService } from '@nestjs/common';

/** Keeps the sentences that the framework's logger is told, without what they carry. */
export class RecordingLogger implements LoggerService {
  readonly lines: string[] = [];

  log(...said: unknown[]): void {
    this.record('log', said);
  }

  warn(...said: unknown[]): void {
    this.record('warn', said);
  }

  error(...said: unknown[]): void {
    this.record('error', said);
  }

  /** The last of what is said is the name of who says it. */
  private record(level: string, said: readonly unknown[]): void {
    const sentences = said.slice(0, -1).filter((one) => typeof one === 'string');
    this.lines.push(`${level}: ${sentences.join(' ')}`);
  }
}
