import { describe, expect, it } from '@jest/globals';
import { Latencies } from './latencies.js';

describe('latencies', () => {
  it('are told to two hundredths', () => {
    const latencies = new Latencies();
    for (let ms = 1; ms <= 1_000; ms += 1) latencies.add(ms);

    expect(Math.abs(latencies.quantile(0.5) / 500 - 1)).toBeLessThan(0.02);
    expect(Math.abs(latencies.quantile(0.99) / 990 - 1)).toBeLessThan(0.02);
  });

  it('have a place for the shortest and for the longest', () => {
    const latencies = new Latencies();
    latencies.add(0);
    latencies.add(1e9);

    expect(latencies.quantile(0)).toBeLessThan(0.01);
    expect(latencies.quantile(1)).toBeGreaterThan(60_000);
  });

  it('are no number while there are none', () => {
    expect(new Latencies().quantile(0.5)).toBeNaN();
  });
});
