import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { activeReport } from './active-report.js';
import type { TracingTrouble } from './tracing-report.js';

const LINE_INTERVAL_MS = 60_000;

/** Tells that spans are lost: at most once a minute, with how many since the last time. */
@Injectable()
export class ExportLog implements OnModuleInit {
  private readonly logger = new Logger(ExportLog.name);
  private readonly lost = new Map<string, number>();
  private toldAtMs = -Infinity;

  onModuleInit(): void {
    activeReport()?.onTrouble((trouble) => this.note(trouble));
  }

  note({ spans, errorType }: TracingTrouble, nowMs = performance.now()): void {
    this.lost.set(errorType, (this.lost.get(errorType) ?? 0) + spans);
    if (nowMs - this.toldAtMs < LINE_INTERVAL_MS) return;
    this.toldAtMs = nowMs;
    const reasons = [...this.lost].map(([reason, count]) => `${count} (${reason})`);
    this.lost.clear();
    this.logger.warn(`Spans are lost on their way to the collector: ${reasons.join(', ')}. Requests are not affected.`);
  }
}
