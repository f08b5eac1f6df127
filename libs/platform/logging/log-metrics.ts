import { Counter } from 'prom-client';
import { describeMetric, startAtZero } from '#platform/metrics';

const SUPPRESSED = {
  name: 'log_lines_suppressed_total',
  help: 'Log lines that were not written because as many like them had been in the same window, by level.',
  labels: { level: ['info', 'warn', 'error'] },
} as const;

const DROPPED = {
  name: 'log_lines_dropped_total',
  help: 'Log lines that were lost because stdout refused them, or its reader had stopped reading and the buffer was full.',
} as const;

// Before Nest there is a logger, so these are prom-client's own.
describeMetric('counter', SUPPRESSED);
export const suppressedLines = new Counter({ ...SUPPRESSED, labelNames: ['level'] });
startAtZero(suppressedLines, SUPPRESSED.labels);

describeMetric('counter', DROPPED);
export const droppedLines = new Counter(DROPPED);
