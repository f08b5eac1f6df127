import { afterEach, describe, expect, it } from '@jest/globals';
import { LoadMonitor } from './load-monitor.js';

describe('LoadMonitor', () => {
  let monitor: LoadMonitor;
  let stopped = false;

  afterEach(() => monitor.stop());

  const sampled = (...delaysMs: number[]): number => {
    const left = [...delaysMs];
    monitor = new LoadMonitor({
      medianDelayMs: () => left.shift() ?? 0,
      heapRatio: () => 0.5,
      stop: () => (stopped = true),
    });
    for (const _each of delaysMs) monitor.sample();
    return monitor.latest.eventLoopDelayMs;
  };

  it('takes one long computation for what it is', () => {
    expect(sampled(0, 1000)).toBe(0);
    expect(sampled(0, 1000, 2)).toBe(2);
  });

  it('sees an event loop that stays late', () => {
    expect(sampled(0, 300, 400)).toBe(300);
  });

  it('tells how full the heap is', () => {
    sampled(0);
    expect(monitor.latest.heapRatio).toBe(0.5);
  });

  it('lets go of what it measures with', () => {
    sampled(0);
    monitor.stop();
    expect(stopped).toBe(true);
  });

  it('measures the process by itself', () => {
    monitor = new LoadMonitor();
    monitor.sample();
    expect(monitor.latest.heapRatio).toBeGreaterThan(0);
    expect(monitor.latest.heapRatio).toBeLessThan(1);
    expect(monitor.latest.eventLoopDelayMs).toBeGreaterThanOrEqual(0);
  });
});
