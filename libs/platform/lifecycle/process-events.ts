import type { Logger } from 'pino';
import { Counter } from 'prom-client';
import { describeMetric, startAtZero } from '#platform/metrics';
import type { LifecycleSettings } from './lifecycle.settings.js';
import type { Shutdown } from './shutdown.js';

/** What is in flight may end in this time after a crash, also in the middle of a drain: then the earlier end holds. */
const CRASH_TIMEOUT_MS = 5000;

/** Scraped, if a scraper is quick: the management port answers until the end. */
const UNHANDLED_ERRORS = {
  name: 'process_unhandled_errors_total',
  help: 'Exceptions and rejections that nobody caught. Each ends the process.',
  labels: { reason: ['uncaughtException', 'unhandledRejection'] },
} as const;

describeMetric('counter', UNHANDLED_ERRORS);
const unhandledErrors = new Counter({ ...UNHANDLED_ERRORS, labelNames: ['reason'] });
startAtZero(unhandledErrors, UNHANDLED_ERRORS.labels);

/** Ties the process's signals and its last errors to the one way out. */
export function listenToProcess(shutdown: Shutdown, settings: LifecycleSettings, logger: Logger): void {
  const { drainDelayMs, shutdownTimeoutMs } = settings;
  let signals = 0;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      signals += 1;
      if (signals > 1) shutdown.abandon(`a second ${signal}`);
      else void shutdown.run({ reason: signal, drainDelayMs, timeoutMs: shutdownTimeoutMs });
    });
  }
  const crash = (reason: string) => (error: unknown) => {
    unhandledErrors.inc({ reason });
    logger.fatal({ err: error, reason }, 'the process is in an unknown state and ends');
    const timeoutMs = Math.min(CRASH_TIMEOUT_MS, shutdownTimeoutMs);
    shutdown.failed();
    void shutdown.run({ reason, drainDelayMs: 0, timeoutMs });
  };
  process.on('uncaughtException', crash('uncaughtException'));
  process.on('unhandledRejection', crash('unhandledRejection'));
}
