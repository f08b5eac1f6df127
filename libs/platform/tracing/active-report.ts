import type { TracingReport } from './tracing-report.js';

let installed: TracingReport | undefined;

/** Undefined while tracing is off. */
export const activeReport = (): TracingReport | undefined => installed;

export function installReport(report: TracingReport): void {
  installed = report;
}
