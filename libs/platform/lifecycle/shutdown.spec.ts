import { beforeEach, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { Lifecycle } from './lifecycle.js';
import { Shutdown, TRACE_FLUSH_MAX_MS, type Stoppable } from './shutdown.js';

const QUICK = { reason: 'SIGTERM', drainDelayMs: 0, timeoutMs: 5000 };

describe('Shutdown', () => {
  let steps: string[];
  let lifecycle: Lifecycle;

  beforeEach(() => {
    steps = [];
    lifecycle = new Lifecycle();
    lifecycle.whenDraining(() => steps.push('draining'));
  });

  const shutdownOf = (parts: Partial<Stoppable> = {}): Shutdown =>
    new Shutdown(lifecycle, { ...recording(steps), ...parts }, pino({ level: 'silent' }));

  it('takes things down from the street to the vault, and leaves with 0', async () => {
    await shutdownOf().run(QUICK);

    expect(steps).toEqual([
      'draining',
      'connections',
      'background work',
      'pools',
      'traces',
      'management',
      'logs',
      'exit 0',
    ]);
  });

  it('fails readiness before anything else, and keeps serving for the drain delay', async () => {
    const running = shutdownOf().run({ ...QUICK, drainDelayMs: 30 });

    expect(lifecycle.phase).toBe('draining');
    expect(steps).toEqual(['draining']);
    await running;
  });

  it('runs once, however often it is asked', async () => {
    const shutdown = shutdownOf();

    await Promise.all([shutdown.run(QUICK), shutdown.run(QUICK)]);

    expect(steps.filter((step) => step === 'pools')).toHaveLength(1);
    expect(shutdown.underway).toBe(true);
  });

  it('leaves with 1 after a failure that was told of meanwhile', async () => {
    const shutdown = shutdownOf();
    const running = shutdown.run(QUICK);
    shutdown.failed();
    await running;

    expect(steps.at(-1)).toBe('exit 1');
  });

  it('leaves with 1, logs flushed, when a pool fails to close', async () => {
    await shutdownOf({ close: () => Promise.reject(new Error('no answer')) }).run(QUICK);

    expect(steps.slice(-2)).toEqual(['logs', 'exit 1']);
  });

  it('hurries when a crash comes in the middle of the drain delay', async () => {
    const shutdown = shutdownOf();
    const running = shutdown.run({ ...QUICK, drainDelayMs: 3_600_000 });
    void shutdown.run({ reason: 'uncaughtException', drainDelayMs: 0, timeoutMs: 5000 });
    await running;

    expect(steps.at(-1)).toBe('exit 0');
  });

  it('ends by the earliest bound that it was given', async () => {
    const left = Promise.withResolvers<number>();
    const forever = new Promise<void>(() => undefined);
    const shutdown = shutdownOf({ drainConnections: () => forever, exit: left.resolve });
    void shutdown.run({ ...QUICK, timeoutMs: 3_600_000 });
    void shutdown.run({ reason: 'uncaughtException', drainDelayMs: 0, timeoutMs: 20 });

    expect(await left.promise).toBe(1);
  });

  it('cuts what is open and leaves with 1 when the bound is over', async () => {
    const left = Promise.withResolvers<number>();
    const forever = new Promise<void>(() => undefined);
    void shutdownOf({ drainConnections: () => forever, exit: left.resolve }).run({ ...QUICK, timeoutMs: 20 });

    expect(await left.promise).toBe(1);
    expect(steps).toEqual(['draining', 'background work', 'cut', 'logs']);
  });

  it.each([
    ['long enough for a collector that is well', 60_000, TRACE_FLUSH_MAX_MS],
    ['no longer than the bound allows', 600, 100],
    ['not at all when there is no time', 400, 0],
  ])('waits for traces %s', async (_what, timeoutMs, atMost) => {
    let allowedMs = NaN;
    const flushTraces = async (withinMs: number): Promise<void> => void (allowedMs = withinMs);
    await shutdownOf({ flushTraces }).run({ ...QUICK, timeoutMs });

    expect(allowedMs).toBeLessThanOrEqual(atMost);
    expect(allowedMs).toBeGreaterThanOrEqual(atMost === TRACE_FLUSH_MAX_MS ? atMost : 0);
  });
});

/** A service that writes down what is done to it. */
const recording = (steps: string[]): Stoppable => ({
  drainConnections: async () => void steps.push('connections'),
  stopBackgroundWork: async () => void steps.push('background work'),
  close: async () => void steps.push('pools'),
  flushTraces: async () => void steps.push('traces'),
  closeAllConnections: () => void steps.push('cut'),
  closeManagement: async () => void steps.push('management'),
  flushLogs: () => void steps.push('logs'),
  exit: (code) => void steps.push(`exit ${code}`),
});
