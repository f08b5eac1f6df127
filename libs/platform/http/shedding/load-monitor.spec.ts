import { afterEach, describe, expect, it } from '@jest/globals';
import { LoadMonitor, type LoadSample } from './load-monitor.js';

describe('LoadMonitor', () => {
  let monitor: LoadMonitor;
  let stopped = false;
  let latest: LoadSample = { eventLoopDelayMs: 0, heapRatio: 0 };
  const tell = (sample: LoadSample): void => void (latest = sample);

  afterEach(() => monitor.stop());

  const sampled = (...delaysMs: number[]): number => {
    const left = [...delaysMs];
    monitor = new LoadMonitor(tell, {
      medianDelayMs: () => left.shift() ?? 0,
      heapRatio: () => 0.5,
      stop: () => (stopped = true),
    });
    for (const _each of delaysMs) monitor.sample();
    return latest.eventLoopDelayMs;
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
    expect(latest.heapRatio).toBe(0.5);
  });

  it('lets go of what it measures with', () => {
    sampled(0);
    monitor.stop();
    expect(stopped).toBe(true);
  });

  it('measures the process by itself', () => {
    monitor = new LoadMonitor(tell);
    monitor.sample();
    expect(latest.heapRatio).toBeGreaterThan(0);
    expect(latest.heapRatio).toBeLessThan(1);
    expect(latest.eventLoopDelayMs).toBeGreaterThanOrEqual(0);
  });
});
